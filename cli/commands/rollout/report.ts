import { taskIdOf } from "../../lib/ecs";
import { codeBlock, collapsedSection, junitReport, type JunitTest } from "../../lib/report";
import type { StoppedContainer, StoppedTasks } from "./evidence";
import type { Outcome, RolloutStatus } from "./status";

/** The first line of a report, such as `orders: rolled back`. */
export const headline = ({ service, outcome }: RolloutStatus) => `${service.name}: ${outcomeTexts[outcome]}`;

/** A report below its headline as lines of plain text. */
export function textLines(status: RolloutStatus): string[] {
  const { summary, diagnosis } = status;
  return [
    summary,
    ...(diagnosis === undefined ? [] : [`Likely cause: ${diagnosis}`]),
    ...sectionsOf(status).flatMap(({ title, lines }) => ["", title, ...lines.map((line) => `  ${line}`)]),
  ];
}

/** A note for a merge request, with the details in collapsed sections. */
export function markdownReport(stack: string, statuses: readonly RolloutStatus[]): string {
  return [`## Rollout of ${stack}`, ...statuses.flatMap(markdownParts)].join("\n\n") + "\n";
}

/** A JUnit report with a test for each service. */
export function junitReportOf(stack: string, statuses: readonly RolloutStatus[]): string {
  // The services roll out concurrently.
  const seconds = Math.max(0, ...statuses.map((status) => status.seconds));
  const tests = statuses.map((status) => junitTest(stack, status));
  return junitReport([{ name: `rollout of ${stack}`, seconds, tests }]);
}

const outcomeTexts: Readonly<Record<Outcome, string>> = {
  succeeded: "succeeded",
  "rolled-back": "rolled back",
  "timed-out": "timed out",
  failed: "failed",
};

function markdownParts(status: RolloutStatus): string[] {
  const { summary, diagnosis } = status;
  return [
    `### ${headline(status)}`,
    summary,
    ...(diagnosis === undefined ? [] : ["Likely cause:", codeBlock([diagnosis])]),
    ...sectionsOf(status).map(({ title, lines }) => collapsedSection(title, lines)),
  ];
}

function junitTest(stack: string, status: RolloutStatus): JunitTest {
  const { service, outcome, summary, diagnosis = summary, seconds } = status;
  const details = textLines(status).join("\n");
  return {
    className: stack,
    name: `${service.name} rolls out`,
    seconds,
    ...(outcome === "succeeded" ? { output: details } : { failure: { type: outcome, message: diagnosis, details } }),
  };
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The evidence, without empty sections. */
function sectionsOf(status: RolloutStatus): Section[] {
  const { reasons, stopped, healthChecks, events, running, notes } = status;
  return [
    { title: "Failure reasons", lines: reasons },
    { title: "Stopped tasks", lines: stopped.flatMap(stoppedLines) },
    { title: "Failed health checks", lines: healthChecks },
    { title: "Events", lines: events.map(({ at, message }) => `${time(at)} ${message}`) },
    ...logSections(status),
    {
      title: "Running revisions",
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

function logSections({ outcome, logs, service }: RolloutStatus): Section[] {
  if (outcome === "succeeded") return [];
  if (logs.length === 0) {
    const command = `aws logs tail ${service.logGroup} --region ${service.region}`;
    return [{ title: "Last log lines", lines: [`none of the failing task; for other tasks: ${command}`] }];
  }
  return logs.map(({ group, stream, lines }) => ({ title: `Last log lines, ${group} ${stream}`, lines }));
}

/** UTC, such as `14:02:11Z`. */
const time = (at: Date) => `${at.toISOString().slice(11, 19)}Z`;
