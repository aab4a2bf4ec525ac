import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { hashOf, alarmTopicName } from "../../naming";
import { addOutput } from "../../readable-stack";
import { TopicKey } from "./topic-key";

export interface TopicProps {
  readonly stage: StageConfig;
  readonly email: readonly string[];
  readonly https: readonly string[];
}

/** Where all messages of a stage go: encrypted, written by the stage's own alarms and events only, read by who subscribed. */
export class Topic extends Construct {
  public readonly arn: string;
  /** For what writes to it by a permission. */
  public readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { stage, email, https } = props;
    const key = new TopicKey(this, "encryption", { stage });
    const topic = new SnsTopic(this, "topic", { name: alarmTopicName(stage), kmsMasterKeyId: key.arn });
    this.arn = topic.arn;
    this.permissions = [new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: this.policy(stage, topic.arn) })];
    for (const [protocol, endpoints] of Object.entries({ email, https })) {
      for (const endpoint of endpoints) {
        new SnsTopicSubscription(this, `${protocol}-${hashOf(endpoint)}`, { topicArn: topic.arn, protocol, endpoint });
      }
    }
    addOutput(this, "topic_arn", { value: topic.arn, description: "Topic of the alarms and events" });
  }

  private policy({ accountId }: StageConfig, topicArn: string): string {
    const publish = (sid: string, service: string) => ({
      sid,
      actions: ["sns:Publish"],
      resources: [topicArn],
      principals: [{ type: "Service", identifiers: [service] }],
    });
    const document = new DataAwsIamPolicyDocument(this, "access", {
      statement: [
        {
          ...publish("AlarmsWrite", "cloudwatch.amazonaws.com"),
          condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
        },
        // A rule reaches topics of its own account only. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
        publish("EventsWrite", "events.amazonaws.com"),
        {
          ...publish("OnlyTls", "*"),
          effect: "Deny",
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
    return document.json;
  }
}
