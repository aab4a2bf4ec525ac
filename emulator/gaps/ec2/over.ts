import type { Handler, Handlers } from "../../proxy/gap";

/**
 * The handlers of both: of an operation that both handle, the outer handler forwards the unchanged request to the inner one,
 * and everything else to moto.
 */
export function over(outer: Handlers, inner: Handlers): Handlers {
  const both = Object.entries(outer).map(([operation, handler]): [string, Handler] => {
    const next = inner[operation];
    return [
      operation,
      next
        ? (request, forward) =>
            handler(request, async (changes) => (changes ? forward(changes) : next(request, forward)))
        : handler,
    ];
  });
  return { ...inner, ...Object.fromEntries(both) };
}
