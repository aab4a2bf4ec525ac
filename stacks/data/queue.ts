import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Construct } from "constructs";
import type { Queue as QueueConfig } from "../../schema/data/queue";
import { encodedJson } from "../json";
import type { QueueMonitoringTarget } from "../monitoring/monitoring-target";
import { deadLetterQueueName, queueName, type Named } from "../naming";

export interface QueueProps {
  readonly stage: Named;
  readonly name: string;
  readonly queue: QueueConfig;
}

/** A queue with its dead-letter queue. */
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
        // Long polling: an idle worker makes one request in 20 seconds.
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

export interface SecureQueueProps {
  readonly name: string;
  /** @default - a dead-letter queue: messages stay for 14 days, SQS's maximum */
  readonly settings?: SqsQueueConfig;
}

/** A queue that is encrypted and requires TLS. */
export class SecureQueue extends Construct {
  public readonly queue: SqsQueue;

  constructor(scope: Construct, id: string, props: SecureQueueProps) {
    super(scope, id);
    const { name, settings = { messageRetentionSeconds: 14 * 24 * 60 * 60 } } = props;
    this.queue = new SqsQueue(this, "queue", { ...settings, name, sqsManagedSseEnabled: true });
    const document = new DataAwsIamPolicyDocument(this, "access", {
      statement: [
        {
          sid: "OnlyTls",
          effect: "Deny",
          actions: ["sqs:*"],
          resources: [this.queue.arn],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
    new SqsQueuePolicy(this, "policy", { queueUrl: this.queue.url, policy: document.json });
  }
}
