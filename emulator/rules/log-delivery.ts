import { partitionOf } from "../iam/call";
import { contextOf } from "../iam/conditions";
import { allows } from "../iam/evaluate";
import { parsePolicy } from "../iam/policy-document";
import { objects, text } from "../wire/json";
import { logGroupExists } from "./logs";
import type { RuleCall } from "./rule";

const principal = "delivery.logs.amazonaws.com";
const actions = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** Whether logs can be delivered to a destination: a log group is in the account and region of the call. */
export async function isDestination(call: RuleCall, destination: string): Promise<boolean> {
  const arn = logGroupArn(destination);
  if (arn === undefined) return true;
  return arn.startsWith(prefixOf(call)) && (await logGroupExists(call, arn));
}

/**
 * Allows the delivery of logs to a log group by a policy of that log group, unless a policy of the account does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export async function allowDelivery(call: RuleCall, destination: string): Promise<void> {
  const arn = logGroupArn(destination);
  if (arn === undefined || (await isAllowed(call, arn))) return;
  const statement = {
    Sid: "AWSLogDeliveryWrite20150319",
    Effect: "Allow",
    Principal: { Service: [principal] },
    Action: actions,
    Resource: [`${arn}:log-stream:*`],
    Condition: {
      StringEquals: { "aws:SourceAccount": [call.account] },
      ArnLike: { "aws:SourceArn": [`${prefixOf(call)}*`] },
    },
  };
  const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await call.ask("PutResourcePolicy", { resourceArn: arn, policyDocument }, "logs");
}

async function isAllowed(call: RuleCall, arn: string): Promise<boolean> {
  const context = contextOf({ "aws:SourceAccount": call.account, "aws:SourceArn": `${prefixOf(call)}*` });
  const ofAccount = await call.ask("DescribeResourcePolicies", {}, "logs");
  const ofGroup = await call.ask("DescribeResourcePolicies", { resourceArn: arn }, "logs");
  const documents = [ofAccount, ofGroup].flatMap(({ resourcePolicies }) =>
    objects(resourcePolicies).map(({ policyDocument }) => parsePolicy(text(policyDocument))),
  );
  const resource = `${arn}:log-stream:log`;
  return documents.some((document) =>
    actions.every((action) =>
      allows(document, { action, resource, context }, { type: "Service", identifiers: [principal] }),
    ),
  );
}

/** The ARN of a log group without the ":*" at its end; undefined for other destinations of logs, such as Firehose. */
function logGroupArn(destination: string): string | undefined {
  return /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+/.exec(destination)?.[0];
}

function prefixOf({ account, region }: RuleCall): string {
  return `arn:${partitionOf(region)}:logs:${region}:${account}:`;
}
