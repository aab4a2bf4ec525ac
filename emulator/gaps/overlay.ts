import type { Scope } from "../models/aws";
import { Store } from "../store";
import type { JsonObject } from "../wire/json";

/** Properties of resources that moto loses, by the path, name or ARN of the resource. */
export class Overlay {
  private readonly store = new Store<JsonObject>();

  /** Stores properties of a resource. */
  set(request: Scope, resource: string, properties: JsonObject): void {
    const entries = this.store.of(request);
    entries.set(resource, { ...entries.get(resource), ...properties });
  }

  /** Deletes the properties of a resource, because it is replaced or deleted. */
  delete(request: Scope, resource: string): void {
    this.store.of(request).delete(resource);
  }

  has(request: Scope, resource: string): boolean {
    return this.store.of(request).has(resource);
  }

  /** The description of a resource with the properties that are stored of it. */
  apply(request: Scope, resource: string, description: JsonObject): JsonObject {
    return { ...description, ...this.store.of(request).get(resource) };
  }
}
