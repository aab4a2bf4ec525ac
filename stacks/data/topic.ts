import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { topicName, type Named } from "../naming";

export interface TopicProps {
  readonly stage: Named;
  readonly name: string;
}

/** A topic that is encrypted and requires TLS. */
export class Topic extends Construct {
  public readonly arn: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { stage, name } = props;
    const topic = new SnsTopic(this, "topic", { name: topicName(stage, name), kmsMasterKeyId: "alias/aws/sns" });
    const document = new DataAwsIamPolicyDocument(this, "access", {
      statement: [
        {
          sid: "OnlyTls",
          effect: "Deny",
          actions: ["sns:Publish"],
          resources: [topic.arn],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: document.json });
    this.arn = topic.arn;
    this.metricName = topic.name;
  }
}
