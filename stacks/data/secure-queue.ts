import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";

export interface SecureQueueProps {
  readonly name: string;
  /** @default - a dead-letter queue: messages stay for 14 days, SQS's maximum */
  readonly settings?: SqsQueueConfig;
}

/** A queue that is encrypted, and reached by TLS only. */
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
