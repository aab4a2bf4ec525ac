import type { Event } from "./events";
import type { StoppedContainer, StoppedTasks } from "./stopped";

/** What a person should look at first, in one line; undefined where nothing stands out. */
export function diagnosisOf(
  [latest]: readonly StoppedTasks[],
  events: readonly Event[],
  healthChecks: readonly string[],
  alarms: readonly string[],
): string | undefined {
  if (alarms.length > 0) return `alarm ${alarms.join(", ")} went off`;
  if (latest && /CannotPull(Container|ECRContainer|ImageManifest)Error/.test(wordsOf(latest))) {
    return `the image of ${latest.revision} cannot be pulled; push it, or deploy a tag that exists`;
  }
  // A program that ended by itself cannot answer a check either.
  if (latest?.stopCode === "EssentialContainerExited") return firstExit(latest) ?? latest.reason;
  if (latest?.stopCode === "TaskFailedToStart") return latest.reason;
  if (healthChecks.length > 0) return `health check fails: ${healthChecks.join("; ")}`;
  if (latest) return latest.reason;
  return events.findLast(({ message }) => message.includes("unable to"))?.message;
}

const firstExit = ({ containers }: StoppedTasks) => containers.map(exitOf).find((exit) => exit !== undefined);

/** A program that ends by a signal has 128 and the signal's number as its exit code. */
function exitOf({ name, exitCode, reason }: StoppedContainer): string | undefined {
  if (reason?.startsWith("OutOfMemoryError") === true) return `container ${name} needs more memory than its task has`;
  if (exitCode === undefined) return undefined;
  return `container ${name} ends with exit code ${exitCode}${exitCode === 137 ? ", killed by SIGKILL" : ""}`;
}

const wordsOf = ({ reason, containers }: StoppedTasks) =>
  [reason, ...containers.map((container) => container.reason ?? "")].join(" ");
