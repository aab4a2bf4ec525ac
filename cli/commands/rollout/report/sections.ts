import type { Verdict } from "../judge";
import { taskIdOf } from "../revision";
import type { StoppedContainer, StoppedTasks } from "../stopped";

/** A titled part of what is told of a verdict. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** All that a person needs of a verdict besides its summary, without what is empty. */
export function sectionsOf(verdict: Verdict): Section[] {
  const { reasons, stopped, healthChecks, events, running, notes } = verdict;
  return [
    { title: "Why ECS gave up", lines: reasons },
    { title: "Stopped tasks", lines: stopped.flatMap(stoppedLines) },
    { title: "Failing health checks", lines: healthChecks },
    { title: "Events", lines: events.map(({ at, message }) => `${time(at)} ${message}`) },
    ...logSections(verdict),
    {
      title: "Running now",
      lines: running.map(({ revision, images, running: count, desired }) =>
        [`${count} of ${desired}`, revision, ...images].join("  "),
      ),
    },
    { title: "Notes", lines: notes },
  ].filter(({ lines }) => lines.length > 0);
}

function stoppedLines({ count, revision, reason, stopCode, containers, newest }: StoppedTasks): string[] {
  const code = stopCode === undefined ? "" : ` (${stopCode})`;
  return [
    `${count} x ${reason}${code}`,
    `    ${revision}, the last one ${taskIdOf(newest.taskArn)}`,
    ...containers.map((container) => `    ${containerLine(container)}`),
  ];
}

function containerLine({ name, exitCode, reason, isUnhealthy }: StoppedContainer): string {
  const exit = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  return [`container ${name}: ${exit}`, ...(isUnhealthy ? ["unhealthy"] : []), ...(reason ? [reason] : [])].join(", ");
}

function logSections({ outcome, logs, target }: Verdict): Section[] {
  if (outcome === "succeeded") return [];
  if (logs.length === 0) {
    const command = `aws logs tail ${target.logGroup} --region ${target.region}`;
    return [{ title: "Last log lines", lines: [`none of the failing task; for others: ${command}`] }];
  }
  return logs.map(({ group, stream, lines }) => ({ title: `Last log lines, ${group} ${stream}`, lines }));
}

/** Such as 14:02:11Z, as AWS tells times. */
const time = (at: Date) => `${at.toISOString().slice(11, 19)}Z`;
