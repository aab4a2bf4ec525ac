import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { partitionIn } from "../../arn";
import { accountRootStatement } from "../../identity/account-root-statement";
import { alarmTopicName, hashOf } from "../../naming";
import { addOutput } from "../../readable-stack";

export interface AlarmTopicProps {
  readonly stage: StageConfig;
  readonly email: readonly string[];
  readonly https: readonly string[];
}

/** The topic of all notifications of a stage: encrypted, and published to by CloudWatch alarms and EventBridge only. */
export class AlarmTopic extends Construct {
  public readonly arn: string;
  /** The policy that allows to publish. */
  public readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { stage, email, https } = props;
    const key = new TopicKey(this, "key", { stage });
    const topic = new SnsTopic(this, "topic", { name: alarmTopicName(stage), kmsMasterKeyId: key.arn });
    this.arn = topic.arn;
    const document = new DataAwsIamPolicyDocument(this, "policy", { statement: topicStatements(stage, topic.arn) });
    this.permissions = [new SnsTopicPolicy(this, "topic-policy", { arn: topic.arn, policy: document.json })];
    for (const [protocol, endpoints] of Object.entries({ email, https })) {
      for (const endpoint of endpoints) {
        new SnsTopicSubscription(this, `${protocol}-${hashOf(endpoint)}`, { topicArn: topic.arn, protocol, endpoint });
      }
    }
    addOutput(this, "alarm_topic_arn", { value: topic.arn, description: "Topic of the alarms and events" });
  }
}

/**
 * The key of the topic. The policy of AWS's own key for SNS cannot be changed to allow CloudWatch and EventBridge.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
class TopicKey extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: { readonly stage: StageConfig }) {
    super(scope, id);
    const { app, stage, accountId } = props.stage;
    const partition = partitionIn(this);
    const use = { actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"] };
    const policy = new DataAwsIamPolicyDocument(this, "policy", {
      statement: [
        accountRootStatement(partition, accountId),
        { sid: "AlarmsWrite", ...use, ...byAlarmsOf(accountId) },
        // EventBridge sends KMS no source account: a condition on it would deny every request.
        { sid: "EventsWrite", ...use, ...byEventBridge },
      ],
    });
    this.arn = new KmsKey(this, "key", {
      description: `Notifications of ${app} on ${stage}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      policy: policy.json,
    }).arn;
  }
}

function topicStatements({ accountId }: StageConfig, topicArn: string): DataAwsIamPolicyDocumentStatement[] {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  return [
    { sid: "AlarmsWrite", ...publish, ...byAlarmsOf(accountId) },
    // A rule can only target topics of its own account. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
    { sid: "EventsWrite", ...publish, ...byEventBridge },
    {
      sid: "OnlyTls",
      ...publish,
      effect: "Deny",
      principals: [{ type: "*", identifiers: ["*"] }],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
  ];
}

function byAlarmsOf(accountId: string): Pick<DataAwsIamPolicyDocumentStatement, "principals" | "condition"> {
  return {
    principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
    condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
  };
}

const byEventBridge = { principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }] };
