import type { AlarmSettings } from "../../../schema/monitoring/alarms";
import { queueMetric } from "../metrics/queue";
import type { ServiceMonitoringTarget, DataMonitoringTargets } from "../monitoring-target";
import { row, type Line, type Row } from "./panel";

/** What waits, for how long, and what nobody could work on. */
export function queueRows(
  { queues }: DataMonitoringTargets,
  services: readonly ServiceMonitoringTarget[],
  limits: AlarmSettings | undefined,
): Row[] {
  const waiting = (label: string, queue: string): Line => {
    return { label, measure: queueMetric(queue, "ApproximateNumberOfMessagesVisible") };
  };
  const minutes = limits?.oldestMessageMinutes;
  return row(
    "Queues",
    { title: "Waiting messages", unit: "messages", lines: queues.map(({ name, main }) => waiting(name, main)) },
    {
      title: "Oldest message",
      unit: "seconds",
      lines: queues.map(({ name, main }) => ({
        label: name,
        measure: queueMetric(main, "ApproximateAgeOfOldestMessage"),
      })),
      limit: minutes === undefined ? undefined : minutes * 60,
    },
    {
      title: "Dead letters",
      unit: "messages",
      lines: [
        ...queues.map(({ name, deadLetters }) => waiting(name, deadLetters)),
        ...services.flatMap(({ name, deadLetters }) =>
          deadLetters === undefined ? [] : [waiting(`starts of ${name}`, deadLetters)],
        ),
      ],
    },
  );
}
