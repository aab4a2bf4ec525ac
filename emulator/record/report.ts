import { actionsByCaller, type CallerActions } from "./actions";
import { deletedData, type DeletedData } from "./data";
import { groupBy } from "./group";
import type { RecordedCall } from "./line";
import { outagesOf, type Period, type RouteReport } from "./outages";
import type { CallRecord } from "./read";

/** What a record shows. */
export interface Report {
  /** From the first call or change of a route to the last. */
  readonly period: Period;
  readonly calls: number;
  /** Number of calls of each service and operation, the most frequent first. */
  readonly operations: readonly { readonly service: string; readonly operation: string; readonly calls: number }[];
  /** The refused calls, in order. */
  readonly refused: readonly RecordedCall[];
  /** IAM actions of each caller. */
  readonly callers: readonly CallerActions[];
  /** Resources with data that were deleted or replaced. */
  readonly deletedData: readonly DeletedData[];
  /** Routes that existed, and when they were not served. */
  readonly routes: readonly RouteReport[];
  /** Messages on moments at which it could not be found out which routes are served. */
  readonly problems: readonly string[];
}

/**
 * Summarizes a record.
 *
 * @param period what happened before and after it is left out @default - the whole record
 */
export function reportOf(record: CallRecord, period: Partial<Period> = {}): Report {
  const { from, to } = within(periodOf(record), period);
  const isWithin = ({ time }: { readonly time: number }): boolean => time >= from && time <= to;
  const calls = record.calls.filter(isWithin);
  return {
    period: { from, to },
    calls: calls.length,
    operations: operationsOf(calls),
    refused: calls.filter(({ code }) => code !== undefined),
    callers: actionsByCaller(calls),
    deletedData: deletedData(record.calls, calls),
    routes: outagesOf(record.routes, { from, to }),
    problems: record.problems.filter(isWithin).map(({ problem }) => problem),
  };
}

/**
 * A period without what is after the end of a record, where nothing is known of its routes.
 *
 * @throws Error when the record has nothing in the period
 */
export function periodIn(record: CallRecord, { from, to }: Partial<Period>): Partial<Period> {
  const whole = periodOf(record);
  if (isEmpty(record)) return {};
  const moment = (time: number): string => new Date(time).toISOString();
  if (from !== undefined && from > whole.to) {
    throw new Error(`The record ends at ${moment(whole.to)}, which is before --from.`);
  }
  if (to !== undefined && to < whole.from) {
    throw new Error(`The record begins at ${moment(whole.from)}, which is after --to.`);
  }
  return { from, to: Math.min(to ?? whole.to, whole.to) };
}

/** The period of a report, which never ends before it begins, even where the record has nothing in it. */
function within(whole: Period, { from, to }: Partial<Period>): Period {
  return { from: from ?? Math.min(whole.from, to ?? whole.from), to: to ?? Math.max(whole.to, from ?? whole.to) };
}

function isEmpty({ calls, routes, problems }: CallRecord): boolean {
  return calls.length + routes.length + problems.length === 0;
}

function periodOf({ calls, routes, problems }: CallRecord): Period {
  const times = [...routes, ...problems].map(({ time }) => time);
  const starts = [...times, ...calls.map(({ time }) => time)];
  const ends = [...times, ...calls.map(({ time, durationMs }) => time + durationMs)];
  // A record may have more lines than a function takes arguments.
  const least = (values: readonly number[]): number => values.reduce((one, other) => Math.min(one, other), Infinity);
  if (starts.length === 0) return { from: 0, to: 0 };
  return { from: least(starts), to: -least(ends.map((end) => -end)) };
}

function operationsOf(calls: readonly RecordedCall[]): Report["operations"] {
  return [...groupBy(calls, ({ service, operation }) => `${service} ${operation}`).values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ service: first.service, operation: first.operation, calls: group.length }] : [];
    })
    .toSorted((a, b) => b.calls - a.calls || a.service.localeCompare(b.service));
}
