import type { Task } from "@aws-sdk/client-ecs";
import type { Observation } from "./observation";
import type { Verdict } from "./judge";

/** The task whose log a person reads first: the one that stopped last, else one that runs but is not healthy. */
export function suspectOf({ outcome, stopped }: Verdict, last: Observation): Task | undefined {
  if (outcome === "succeeded") return undefined;
  return stopped[0]?.newest ?? newest(last.tasks.filter(isDoubtful)) ?? newest(last.tasks.filter(isStopped));
}

const isDoubtful = ({ desiredStatus, healthStatus }: Task) => desiredStatus === "RUNNING" && healthStatus !== "HEALTHY";

/** After an alarm no task has failed by itself: the newest one wrote what the alarm counted. */
const isStopped = ({ desiredStatus }: Task) => desiredStatus === "STOPPED";

const newest = (tasks: readonly Task[]) =>
  tasks.toSorted((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))[0];
