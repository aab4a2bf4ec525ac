import type { AwsRequest } from "../../proxy/gap";
import type { JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";

/** What moto forgets of API Gateway's resources, by their paths: laid over what it answers. */
export class Overlay {
  private readonly memory = new Memory<JsonObject>();

  /** Remembers properties of the resource at the path. */
  remember(request: AwsRequest, path: string, properties: JsonObject): void {
    const known = this.memory.of(request);
    known.set(path, { ...known.get(path), ...properties });
  }

  /** Forgets the resource at the path, because it is made anew or deleted. */
  forget(request: AwsRequest, path: string): void {
    this.memory.of(request).delete(path);
  }

  /** The resource with what is remembered of it. */
  over(request: AwsRequest, path: string, resource: JsonObject): JsonObject {
    return { ...resource, ...this.memory.of(request).get(path) };
  }

  /** Whether anything is remembered of the resource at the path. */
  has(request: AwsRequest, path: string): boolean {
    return this.memory.of(request).has(path);
  }
}
