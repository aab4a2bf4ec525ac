import type { Observation } from "./observation";

/** One thing that ECS says to have happened. */
export interface Event {
  readonly at: Date;
  readonly message: string;
}

/** The events of a rollout in their order, once each. */
export function eventsOf(observations: readonly Observation[], since: Date): Event[] {
  const byId = new Map(
    observations.flatMap(({ service }) => (service.events ?? []).map((event) => [event.id, event] as const)),
  );
  return [...byId.values()]
    .flatMap(({ createdAt, message }) =>
      createdAt && message !== undefined && createdAt >= since ? [{ at: createdAt, message: brief(message) }] : [],
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Every event names the service first, which the reader knows. */
const brief = (message: string) => message.replace(/^\(service \S+\) /, "");
