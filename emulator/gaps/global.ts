import type { Handlers } from "../proxy/gap";

/** The handlers of a service that has one state for all Regions, as IAM, Budgets and Cost Explorer do. */
export function globally(handlers: Handlers): Handlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([key, handle]) => [
      key,
      (request, forward) => handle({ ...request, region: "aws-global" }, forward),
    ]),
  );
}
