import { stop } from "../../supervise";
import { objects, omit, text, type JsonObject } from "../../wire/json";
import type { Container } from "./container";
import type { Launched, Launcher } from "./launcher";

interface RunningContainer {
  readonly name: string;
  /** Why the container did not start. @default - it did */
  readonly reason?: string;
  /** @default - it did not start */
  readonly launched?: Launched;
  /** @default - it runs */
  end?: { readonly exitCode: number | undefined };
}

/** Why a task stops. */
interface Stop {
  readonly code: string;
  readonly reason: string;
}

/** What a task that runs does not have yet. */
const endFields = ["stoppedAt", "stopCode", "stoppedReason"];

/**
 * A standalone task whose containers run as processes. It stops when an essential one ends; the others end with it.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export class StandaloneTask {
  private containers: readonly RunningContainer[] = [];
  private stopping: Stop | undefined;
  private stoppedAt: number | undefined;

  /**
   * @param task as RunTask describes it
   */
  constructor(readonly task: JsonObject) {}

  get arn(): string {
    return text(this.task.taskArn);
  }

  /** Whether it runs, or its processes still end. */
  get isRunning(): boolean {
    return this.stoppedAt === undefined;
  }

  /** Starts the processes of its containers; resolves to the reason when one of them does not start. */
  async start(launcher: Launcher, containers: readonly Container[]): Promise<string | undefined> {
    const taskId = this.arn.split("/").at(-1);
    this.containers = await Promise.all(
      containers.map(async (container): Promise<RunningContainer> => {
        const name = text(container.definition.name);
        try {
          return { name, launched: await launcher.launch(container, { taskId }) };
        } catch (error) {
          return { name, reason: error instanceof Error ? error.message : String(error) };
        }
      }),
    );
    const failed = this.containers.find(({ reason }) => reason !== undefined)?.reason;
    const watched = this.containers.map((container, index) =>
      this.watch(container, containers[index]?.definition.essential !== false),
    );
    void Promise.all(watched).then(() => (this.stoppedAt = Date.now() / 1000));
    if (failed !== undefined) await this.stop({ code: "TaskFailedToStart", reason: failed });
    return failed;
  }

  /** Ends its processes. */
  async stop(why: Stop): Promise<void> {
    this.stopping ??= why;
    await Promise.all(this.containers.flatMap(({ launched }) => (launched ? [stop(launched.child)] : [])));
    // Their last lines are sent before the task counts as stopped.
    await Promise.all(this.containers.flatMap(({ launched }) => (launched ? [launched.logged] : [])));
  }

  /** The task as its processes are. */
  described(task: JsonObject): JsonObject {
    const lastStatus = this.isRunning ? (this.stopping ? "DEACTIVATING" : "RUNNING") : "STOPPED";
    const parts = objects(task.containers).map((part) => {
      const own = this.containers.find(({ name }) => name === part.name);
      const rest = { ...omit(part, ["exitCode"]), lastStatus: own?.end ? "STOPPED" : lastStatus };
      if (!own) return this.isRunning ? rest : { ...part, lastStatus };
      // A container that never started has no exit code.
      return { ...rest, exitCode: own.end?.exitCode, reason: own.reason };
    });
    const desiredStatus = this.stopping ? "STOPPED" : "RUNNING";
    const described = { ...omit(task, endFields), desiredStatus, lastStatus, containers: parts };
    if (!this.stopping) return described;
    const { code, reason } = this.stopping;
    return {
      ...described,
      stopCode: code,
      stoppedReason: reason,
      ...(!this.isRunning && { stoppedAt: this.stoppedAt }),
    };
  }

  private async watch(container: RunningContainer, isEssential: boolean): Promise<void> {
    const { launched } = container;
    if (!launched) return;
    const exitCode = await launched.exitCode;
    const exited = { code: "EssentialContainerExited", reason: "Essential container in task exited" };
    const isLast = this.containers.every((other) => other === container || !other.launched || other.end !== undefined);
    if (isEssential || isLast) void this.stop(exited);
    await launched.logged;
    container.end = { exitCode };
  }
}
