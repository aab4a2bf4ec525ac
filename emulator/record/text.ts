import type { CallerActions } from "./actions";
import type { DeletedData } from "./data";
import { groupBy } from "./group";
import { clock, counted, cut, columns, withShortArns, wrapped } from "./layout";
import type { RecordedCall } from "./line";
import type { Report } from "./report";
import { routeLines } from "./route-text";

/** The lines of a report for a terminal: what is most urgent comes last, where it is seen first. */
export function reportLines(report: Report): readonly string[] {
  const { period, calls, callers, refused, deletedData, problems } = report;
  const day = new Date(period.from).toISOString().slice(0, 10);
  return [
    period.to === 0
      ? "The record is empty."
      : `${counted(calls, "call")} on ${day} from ${clock(period.from)} to ${clock(period.to)} UTC`,
    ...section("Calls by service", serviceLines(report)),
    ...callers.flatMap((caller) => section(`IAM actions of ${nameOf(caller.caller)}`, actionLines(caller))),
    ...refusedLines(refused),
    ...section("Deleted data", deletedLines(deletedData)),
    ...section("Routes", routeLines(report.routes)),
    ...section(
      "Incomplete",
      problems.flatMap((problem) => wrapped("  ", problem)),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function serviceLines({ operations }: Report): readonly string[] {
  const services = [...groupBy(operations, ({ service }) => service)].map(([service, own]) => ({
    name: service === "" ? "(not signed)" : service,
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
  }));
  const width = Math.max(0, ...services.map(({ name }) => name.length));
  return services
    .toSorted((one, other) => other.calls - one.calls)
    .map(({ name, calls }) => `  ${name.padEnd(width)}  ${String(calls).padStart(6)}`);
}

/** One line for each action, with the first of its resources. */
function actionLines({ actions, unknown }: CallerActions): readonly string[] {
  const width = Math.max(0, ...actions.map(({ action }) => action.length));
  const lines = actions.map(({ action, resources: [first = "", ...others] }) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    const start = `  ${action.padEnd(width)}  `;
    return `${start}${cut(withShortArns(first), columns - start.length - more.length)}${more}`;
  });
  return [...lines, ...unknown.flatMap((call) => wrapped("  not known: ", call, 4))];
}

function refusedLines(refused: readonly RecordedCall[]): readonly string[] {
  const missing = refused.filter(findsNothing);
  const lines = grouped(refused.filter((call) => !findsNothing(call)));
  const title = `Refused calls: ${refused.length - missing.length}`;
  const note = missing.length === 0 ? [] : [`  and ${counted(missing.length, "read")} of what does not exist`];
  return refused.length === 0 ? ["", "No call was refused."] : ["", title, ...lines, ...note];
}

/** Equal refusals once, with their number. */
function grouped(refused: readonly RecordedCall[]): readonly string[] {
  const groups = groupBy(refused, ({ service, operation, code = "", message = "" }) => {
    return `${service} ${operation}: ${code}${message === "" ? "" : `: ${message}`}`;
  });
  return [...groups].flatMap(([text, calls]) => {
    const number = calls.length === 1 ? "" : `${calls.length} x `;
    return wrapped("  ", `${number}${withShortArns(text)}`, 4);
  });
}

/** Providers read what may not exist, and wait so for the end of a deletion. */
function findsNothing({ operation, status, code = "" }: RecordedCall): boolean {
  const isRead = /^(Describe|Get|List|Head)/.test(operation);
  return isRead && (status === 404 || /NotFound|NoSuch|NotExist/.test(code));
}

function deletedLines(deleted: readonly DeletedData[]): readonly string[] {
  const rows = deleted.map(({ type, id, name, account, region, time, replaced }) => ({
    start: `  ${replaced ? "replaced" : "deleted "}  `,
    what: `${type} ${name === undefined ? id : `${name} (${id})`}`,
    where: `  ${clock(time)}  ${account} ${region}`,
  }));
  const longest = Math.max(0, ...rows.map(({ what }) => what.length));
  return rows.map(({ start, what, where }) => {
    const width = Math.min(longest, columns - start.length - where.length);
    return `${start}${cut(what, width).padEnd(width)}${where}`;
  });
}

/** "role/deploy in 111122223333", or the account of the caller that may do everything. */
function nameOf(caller: string): string {
  const [, account = "", resource = ""] = /^arn:[\w-]+:\w+::(\d*):(.+)$/.exec(caller) ?? [];
  if (resource === "root") return `the default caller of ${account}`;
  return cut(account === "" ? caller : `${resource} in ${account}`, columns - "IAM actions of ".length);
}
