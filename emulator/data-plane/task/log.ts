import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Aws, Scope } from "../../models/aws";
import type { Supervised } from "../../supervise";
import { object, text, type JsonObject } from "../../wire/json";
import type { Container } from "./container";

const delayMs = 100;

/**
 * Sends what a process prints to the log group of its container.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 *
 * @param id id of the task. @default - a new one
 */
export function logTo(aws: Aws, container: Container, child: Supervised, id = taskId()): void {
  const { logDriver, options } = object(container.definition.logConfiguration);
  const settings = object(options);
  const logGroupName = text(settings["awslogs-group"]);
  if (logDriver !== "awslogs" || logGroupName === "") return;
  const scope = { ...container.scope, region: text(settings["awslogs-region"]) || container.scope.region };
  const prefix = text(settings["awslogs-stream-prefix"]);
  const logStreamName = prefix === "" ? id : `${prefix}/${text(container.definition.name)}/${id}`;
  const stream = new LogStream(aws, scope, { logGroupName, logStreamName });
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on("line", (line) => {
      stream.write(line);
    });
  }
}

function taskId(): string {
  return randomUUID().replaceAll("-", "");
}

/** A log stream that is created with its first line; lines are sent together. */
class LogStream {
  private lines: { readonly timestamp: number; readonly message: string }[] = [];
  private sent: Promise<unknown> | undefined;
  private isScheduled = false;

  constructor(
    private readonly aws: Aws,
    private readonly scope: Scope,
    private readonly names: JsonObject,
  ) {}

  write(message: string): void {
    if (message === "") return;
    this.lines.push({ timestamp: Date.now(), message });
    if (this.isScheduled) return;
    this.isScheduled = true;
    setTimeout(() => {
      this.flush();
    }, delayMs).unref();
  }

  private flush(): void {
    this.isScheduled = false;
    const logEvents = this.lines.splice(0);
    const before = this.sent ?? this.aws.ask(this.scope, "logs", "CreateLogStream", this.names);
    this.sent = before
      .then(() => this.aws.ask(this.scope, "logs", "PutLogEvents", { ...this.names, logEvents }))
      // The emulator may have ended.
      .catch(() => undefined);
  }
}
