import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Aws, Scope } from "../../models/aws";
import { hasEnded, type Supervised } from "../../supervise";
import { object, text, type JsonObject } from "../../wire/json";
import type { Container } from "./container";

const delayMs = 100;
// Another program may have inherited the output of a process that has ended.
const outputAfterEndMs = 2000;

/** Where the driver `awslogs` sends what a container prints. */
export interface LogTarget {
  readonly scope: Scope;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Whether the log group is created when it does not exist. */
  readonly createsGroup: boolean;
}

/**
 * The log stream of a container; undefined when its log driver is another.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
export function logTargetOf({ definition, scope }: Container, taskId: string): LogTarget | undefined {
  const { logDriver, options } = object(definition.logConfiguration);
  const settings = object(options);
  const logGroupName = text(settings["awslogs-group"]);
  if (logDriver !== "awslogs" || logGroupName === "") return undefined;
  const prefix = text(settings["awslogs-stream-prefix"]);
  return {
    scope: { ...scope, region: text(settings["awslogs-region"]) || scope.region },
    logGroupName,
    logStreamName: prefix === "" ? taskId : `${prefix}/${text(definition.name)}/${taskId}`,
    createsGroup: settings["awslogs-create-group"] === "true",
  };
}

/** A log stream to which the lines of a process are sent together. */
export class LogStream {
  private lines: { readonly timestamp: number; readonly message: string }[] = [];
  private sent: Promise<unknown> = Promise.resolve();
  private isScheduled = false;

  private constructor(
    private readonly aws: Aws,
    private readonly scope: Scope,
    private readonly names: JsonObject,
  ) {}

  /**
   * Creates a log stream, as the log driver does before the container starts.
   *
   * @throws Error as ECS reports it when the log group does not exist
   */
  static async open(aws: Aws, { scope, logGroupName, logStreamName, createsGroup }: LogTarget): Promise<LogStream> {
    if (createsGroup) await aws.ask(scope, "logs", "CreateLogGroup", { logGroupName });
    const names = { logGroupName, logStreamName };
    await aws.demand(scope, "logs", "CreateLogStream", names).catch((error: unknown) => {
      const reason = String(error).replace(/^Error: CreateLogStream of logs: /, "");
      if (!reason.startsWith("ResourceAlreadyExistsException")) throw loggerFailure(reason);
    });
    return new LogStream(aws, scope, names);
  }

  /** Sends what a process prints; resolves when it has ended and all of it is sent. */
  async follow(child: Supervised): Promise<void> {
    const outputs = [child.stdout, child.stderr].map((input) => {
      const lines = createInterface({ input });
      lines.on("line", (line) => {
        this.write(line);
      });
      return once(lines, "close");
    });
    await Promise.race([Promise.all(outputs), afterEnd(child)]);
    await this.flush();
  }

  private write(message: string): void {
    if (message === "") return;
    this.lines.push({ timestamp: Date.now(), message });
    if (this.isScheduled) return;
    this.isScheduled = true;
    setTimeout(() => void this.flush(), delayMs).unref();
  }

  private flush(): Promise<unknown> {
    this.isScheduled = false;
    const logEvents = this.lines.splice(0);
    if (logEvents.length === 0) return this.sent;
    this.sent = this.sent
      .then(() => this.aws.ask(this.scope, "logs", "PutLogEvents", { ...this.names, logEvents }))
      // The emulator may have ended.
      .catch(() => undefined);
    return this.sent;
  }
}

/** The error with which ECS stops a task whose log stream cannot be created. */
export function loggerFailure(reason: string): Error {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
  return new Error(
    `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${reason} : exit status 1`,
  );
}

async function afterEnd(child: Supervised): Promise<void> {
  if (!hasEnded(child)) await once(child, "exit");
  await sleep(outputAfterEndMs, undefined, { ref: false });
}
