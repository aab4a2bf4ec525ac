import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Construct } from "constructs";
import type { Queue as QueueConfig } from "../../schema/data/queue";
import { encodedJson } from "../json";
import { deadLetterQueueName, queueName, type Named } from "../naming";
import type { QueueMonitoringTarget } from "../monitoring/monitoring-target";
import { SecureQueue } from "./secure-queue";

export interface QueueProps {
  readonly stage: Named;
  readonly name: string;
  readonly queue: QueueConfig;
}

/** A queue and the one that takes what nobody could work on. */
export class Queue extends Construct {
  public readonly arn: string;
  public readonly url: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly monitoringTargets: QueueMonitoringTarget;

  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const { stage, name, queue } = props;
    const deadLetters = new SecureQueue(this, "dead-letters", { name: deadLetterQueueName(stage, name) });
    const { queue: main } = new SecureQueue(this, "queue", {
      name: queueName(stage, name),
      settings: {
        visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds,
        messageRetentionSeconds: queue.retentionDays * 24 * 60 * 60,
        // Long polling: a worker that waits costs one request in 20 seconds.
        receiveWaitTimeSeconds: 20,
        redrivePolicy: encodedJson({
          deadLetterTargetArn: deadLetters.queue.arn,
          maxReceiveCount: queue.maxReceiveCount,
        }),
      },
    });
    new SqsQueueRedriveAllowPolicy(this, "redrive-allow", {
      queueUrl: deadLetters.queue.url,
      redriveAllowPolicy: encodedJson({ redrivePermission: "byQueue", sourceQueueArns: [main.arn] }),
    });
    this.arn = main.arn;
    this.url = main.url;
    this.metricName = main.name;
    this.monitoringTargets = { name, main: main.name, deadLetters: deadLetters.queue.name };
  }
}
