import type { AlarmSettings } from "../../../config/schema/operations/alarms";
import { queueMetric } from "../measures/queue";
import type { WatchedQueue, WatchedStores } from "../watched";
import type { AlarmPlan } from "./alarm-plan";

/** The alarms of the stores, by the store that each is about. */
export function storePlans(
  { queues }: WatchedStores,
  settings: AlarmSettings,
): Readonly<Record<string, readonly AlarmPlan[]>> {
  return Object.fromEntries(queues.map((queue) => [`${queue.name}-queue`, queuePlans(queue, settings)]));
}

function queuePlans({ name, main, deadLetters }: WatchedQueue, { oldestMessageMinutes }: AlarmSettings): AlarmPlan[] {
  return [
    {
      what: "oldest",
      description: `A message waits in queue ${name} for more than ${oldestMessageMinutes} minutes`,
      measure: queueMetric(main, "ApproximateAgeOfOldestMessage"),
      limit: { above: oldestMessageMinutes * 60 },
      periods: 5,
    },
    {
      what: "dead-letters",
      description: `Nobody could work on a message of queue ${name}; it is in the dead-letter queue`,
      measure: queueMetric(deadLetters, "ApproximateNumberOfMessagesVisible"),
      limit: { above: 0 },
      periods: 1,
    },
  ];
}
