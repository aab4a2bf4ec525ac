import { dataTypes, namesOf, type DataType } from "./data-types";
import type { RecordedCall } from "./line";

/** A resource that keeps data and was deleted. */
export interface DeletedData {
  /** In AWS's words, such as "DB instance". */
  readonly type: string;
  readonly id: string;
  /** Name of a resource whose replacement has another id. @default - the id */
  readonly name?: string;
  readonly account: string;
  readonly region: string;
  /** Time of the deletion, in milliseconds since 1970. */
  readonly time: number;
  /** Whether another one of the same type and name was created in its place. */
  readonly replaced: boolean;
}

interface Event {
  readonly kind: "create" | "delete" | "restore";
  readonly id: string;
  readonly name: string;
  readonly call: RecordedCall;
}

/**
 * The databases, buckets and other resources with data that were deleted, in order.
 *
 * @param all the calls of the whole record, which may contain names of the resources
 * @param calls the calls of the time that is of interest
 */
export function deletedData(all: readonly RecordedCall[], calls: readonly RecordedCall[]): readonly DeletedData[] {
  return dataTypes.flatMap((type) => deletedOf(type, all, calls)).toSorted((one, other) => one.time - other.time);
}

function deletedOf(
  type: DataType,
  all: readonly RecordedCall[],
  calls: readonly RecordedCall[],
): readonly DeletedData[] {
  const own = ({ service, code }: RecordedCall): boolean => service === type.service && code === undefined;
  const names = namesOf(type, all.filter(own));
  const events = calls.filter(own).flatMap((call): Event[] => {
    const kind = kindOf(type, call);
    const id = kind === undefined ? "" : type.id(call);
    return kind === undefined || id === "" ? [] : [{ kind, id, name: names.get(id) ?? id, call }];
  });
  return events.flatMap((event, index): DeletedData[] => {
    if (event.kind !== "delete" || !isFinal(events.slice(index + 1), event)) return [];
    const { id, name, call } = event;
    const { account, region, time } = call;
    const replaced = events.some((other, at) => isReplacement(other, event) && (other.id !== id || at > index));
    return [{ type: type.type, id, ...(name !== id && { name }), account, region, time, replaced }];
  });
}

function kindOf({ creates, deletes, restores = [] }: DataType, { operation }: RecordedCall): Event["kind"] | undefined {
  if (creates.includes(operation)) return "create";
  if (deletes.includes(operation)) return "delete";
  return restores.includes(operation) ? "restore" : undefined;
}

function isFinal(later: readonly Event[], deletion: Event): boolean {
  const next = later.find((event) => event.id === deletion.id && isSamePlace(event, deletion));
  return next?.kind !== "restore" && next?.kind !== "delete";
}

function isReplacement(event: Event, deletion: Event): boolean {
  return event.kind === "create" && event.name === deletion.name && isSamePlace(event, deletion);
}

function isSamePlace({ call: one }: Event, { call: other }: Event): boolean {
  return one.account === other.account && one.region === other.region;
}
