import type { AwsRequest } from "../proxy/gap";
import { list, object, objects, text, type JsonObject, type JsonValue } from "./json";
import { Memory } from "./memory";

/** Tags of the resources that moto does not tag, by their ARN. */
export class Tags {
  private readonly memory = new Memory<JsonObject>();

  /** Whether the resource was ever tagged here, if only with nothing. */
  has(request: AwsRequest, arn: JsonValue): boolean {
    return this.memory.of(request).has(text(arn));
  }

  add(request: AwsRequest, arn: JsonValue, tags: JsonValue): void {
    const known = this.memory.of(request);
    known.set(text(arn), { ...known.get(text(arn)), ...asRecord(tags) });
  }

  remove(request: AwsRequest, arn: JsonValue, keys: JsonValue): void {
    const rest = Object.entries(this.of(request, arn)).filter(([key]) => !list(keys).includes(key));
    this.memory.of(request).set(text(arn), Object.fromEntries(rest));
  }

  /** The tags as one object. */
  of(request: AwsRequest, arn: JsonValue): JsonObject {
    return this.memory.of(request).get(text(arn)) ?? {};
  }

  /** The tags as a list of keys and values. */
  listOf(request: AwsRequest, arn: JsonValue): readonly { readonly Key: string; readonly Value: string }[] {
    return Object.entries(this.of(request, arn)).map(([Key, Value]) => ({ Key, Value: text(Value) }));
  }
}

// Services send either { name: value } or [{ Key: name, Value: value }].
function asRecord(tags: JsonValue): JsonObject {
  if (!Array.isArray(tags)) return object(tags);
  return Object.fromEntries(objects(tags).map(({ Key, Value }) => [text(Key), Value ?? ""]));
}
