import type { Metric } from "../metric";

/** Messages of a topic that reached a subscriber in no way. https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export function undelivered(topicName: string): Metric {
  return {
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    dimensions: { TopicName: topicName },
    statistic: "Sum",
  };
}
