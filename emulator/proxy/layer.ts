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
