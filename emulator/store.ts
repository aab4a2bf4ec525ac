import { scopeKey, type Scope } from "./models/aws";
import type { AwsRequest } from "./proxy/gap";
import { list, object, objects, text, type JsonObject, type JsonValue } from "./wire/json";

/** State of a gap, separate for each account and region. */
export class Store<Value> {
  private readonly regions = new Map<string, { readonly scope: Scope; readonly entries: Map<string, Value> }>();

  /** The entries in the account and region of the request. */
  of({ account, region }: Scope): Map<string, Value> {
    const scope = { account, region };
    const key = scopeKey(scope);
    const found = this.regions.get(key) ?? { scope, entries: new Map<string, Value>() };
    this.regions.set(key, found);
    return found.entries;
  }

  /** The accounts and regions that were asked for entries. */
  scopes(): readonly Scope[] {
    return [...this.regions.values()].map(({ scope }) => scope);
  }
}

/** Tags, by ARN, of resources that moto does not tag. */
export class Tags {
  private readonly store = new Store<JsonObject>();

  /** Whether the resource was tagged here, even with an empty list. */
  has(request: AwsRequest, arn: JsonValue): boolean {
    return this.store.of(request).has(text(arn));
  }

  /** Adds tags, given as `{ name: value }` or as `[{ Key: name, Value: value }]`. */
  add(request: AwsRequest, arn: JsonValue, tags: JsonValue): void {
    const entries = this.store.of(request);
    entries.set(text(arn), { ...entries.get(text(arn)), ...asRecord(tags) });
  }

  remove(request: AwsRequest, arn: JsonValue, keys: JsonValue): void {
    const rest = Object.entries(this.of(request, arn)).filter(([key]) => !list(keys).includes(key));
    this.store.of(request).set(text(arn), Object.fromEntries(rest));
  }

  /** The tags as one object. */
  of(request: AwsRequest, arn: JsonValue): JsonObject {
    return this.store.of(request).get(text(arn)) ?? {};
  }

  /** The tags as a list of keys and values. */
  listOf(request: AwsRequest, arn: JsonValue): readonly { readonly Key: string; readonly Value: string }[] {
    return Object.entries(this.of(request, arn)).map(([Key, Value]) => ({ Key, Value: text(Value) }));
  }
}

function asRecord(tags: JsonValue): JsonObject {
  if (!Array.isArray(tags)) return object(tags);
  return Object.fromEntries(objects(tags).map(({ Key, Value }) => [text(Key), Value ?? ""]));
}
