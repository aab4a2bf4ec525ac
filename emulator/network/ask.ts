import { list, object, objects, text, type JsonObject, type JsonValue } from "../wire/json";

/**
 * Calls an operation of the emulated AWS, in one account and region. Services, operations and members have the names of the
 * SDK for Python (botocore), such as `elbv2`, `DescribeLoadBalancers` and `LoadBalancerArn`.
 */
export type Ask = (service: string, operation: string, input: JsonObject) => Promise<JsonObject>;

/** Where each service returns the position of the next page, and where it expects it. */
const tokens = [
  ["NextToken", "NextToken"],
  ["nextToken", "nextToken"],
  ["NextMarker", "Marker"],
  ["Marker", "Marker"],
  ["position", "position"],
] as const;

/** The items in a member of the output of an operation, from all of its pages. */
export async function listAll(
  ask: Ask,
  service: string,
  operation: string,
  member: string,
  input: JsonObject = {},
): Promise<readonly JsonValue[]> {
  const items: JsonValue[] = [];
  for (let page: JsonObject | undefined = {}; page !== undefined;) {
    const output: JsonObject = await ask(service, operation, { ...input, ...page });
    items.push(...list(output[member]));
    const sent: JsonObject = page;
    // EFS also returns the position that it was sent.
    const next = tokens.find(([returned, expected]) => {
      return text(output[returned]) !== "" && output[returned] !== sent[expected];
    });
    page = next && { [next[1]]: output[next[0]] };
  }
  return items;
}

/** The objects in a member of the output of an operation, from all of its pages. */
export async function listObjects(...call: Parameters<typeof listAll>): Promise<readonly JsonObject[]> {
  return objects(await listAll(...call));
}

/** The texts of a list. */
export function texts(value: JsonValue): readonly string[] {
  return list(value).filter((each) => typeof each === "string");
}

/** The text at a member of each object of a list, such as the ids of its security groups. */
export function textsAt(value: JsonValue, member: string): readonly string[] {
  return objects(value).map((each) => text(each[member]));
}

/** The number at a path of an object; undefined when there is none. */
export function numberAt(value: JsonValue, ...path: readonly string[]): number | undefined {
  const found = path.reduce<JsonValue>((inner, member) => object(inner)[member], value);
  return typeof found === "number" ? found : undefined;
}
