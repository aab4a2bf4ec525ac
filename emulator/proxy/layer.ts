import type { AwsRequest } from "./call";
import type { Reply } from "./gap";

/** Passes a request on to the next layer, and at last to the gaps and moto. */
export type Next = (request: AwsRequest) => Promise<Reply>;

/** One concern of every call, such as its validation: replies itself, or passes the request on. */
export type Layer = (request: AwsRequest, next: Next) => Promise<Reply>;

/** Runs a request through layers, the first outermost. */
export function throughLayers(layers: readonly Layer[], request: AwsRequest, last: Next): Promise<Reply> {
  const [layer, ...inner] = layers;
  return layer ? layer(request, (passed) => throughLayers(inner, passed, last)) : last(request);
}

const reads =
  /^(Get|List|Describe|BatchGet|Search|Query|Scan|Head|Filter|Lookup|Assume|Decode|Simulate|Validate|GET |HEAD )/;

/** Whether an operation changes nothing, by its name in AWS's API model, or by its method and path. */
export function isRead(operation: string): boolean {
  return reads.test(operation);
}

/** Whether a request changes nothing. */
export function isReadRequest({ api, operation }: Pick<AwsRequest, "api" | "operation">): boolean {
  return isRead(api?.operation ?? operation);
}

/** Something that concerns some operations of a service. */
interface Concern {
  /** Signing name. */
  readonly service: string;
  /** Names in AWS's API model. */
  readonly operations: readonly string[];
}

/** The key of an operation in byOperation. */
export function operationKey(service: string, operation: string): string {
  return `${service} ${operation}`;
}

/** What concerns each operation, in the given order. */
export function byOperation<Item extends Concern>(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const all = new Map<string, Item[]>();
  for (const item of items) {
    for (const operation of item.operations) {
      const key = operationKey(item.service, operation);
      all.set(key, [...(all.get(key) ?? []), item]);
    }
  }
  return all;
}
