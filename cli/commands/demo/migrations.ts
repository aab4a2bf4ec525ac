import { stackName } from "../../../schema";
import { taskFamily } from "../../../stacks/naming";
import { systemClock } from "../../lib/clock";
import { describeService, ecsServicesOf, lastLogLines } from "../../lib/ecs";
import { clientsOf } from "../../lib/aws";
import { failureOf, migration, runTask } from "../../lib/migration-task";
import { ToolError } from "../../lib/tool-error";
import { clientSettings, type DemoSession } from "./session";

const timeoutMs = 300_000;

/** The services of a stage whose data a task prepares before they can answer. */
export const migrated = ({ stage }: Pick<DemoSession, "stage">) =>
  ecsServicesOf(stage).filter(({ config }) => Object.hasOwn(config.tasks, migration));

/**
 * Runs the migrations of the stage, as its pipeline does before a release; resolves to the names of their services.
 *
 * @throws ToolError with the last lines of its log when one fails
 */
export async function migrate(session: DemoSession): Promise<string[]> {
  const { stage, signal } = session;
  const clients = clientsOf({ region: stage.region }, clientSettings(session));
  const services = migrated(session);
  for (const service of services) {
    const { networkConfiguration } = await describeService(clients, service);
    const taskDefinition = taskFamily(stage, `${service.name}-${migration}`);
    const run = { cluster: service.cluster, taskDefinition, networkConfiguration, startedBy: "demo", timeoutMs };
    const task = await runTask(clients, { ...run, pollMs: 250 }, systemClock(signal));
    const failure = failureOf(task, migration);
    if (failure === undefined) continue;
    const log = (await lastLogLines(clients, task)).flatMap(({ lines }) => lines.map((line) => `  ${line}`));
    throw new ToolError([`${migration} of ${service.name} in ${stackName(stage)} ${failure}`, ...log].join("\n"));
  }
  return services.map(({ name }) => name);
}
