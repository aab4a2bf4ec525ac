import { actionsWithoutResource } from "../../schema/services/permission";
import { each, type Rules } from "../rule";
import { conditionOn, documentType, inAllowed, isOwnAccount, principals } from "./statements";

/** Actions for which services do not say for whom they act, or whose grant names the account in its resource. */
const withoutSource: Readonly<Record<string, RegExp>> = {
  "apigateway.amazonaws.com": /./,
  "logdelivery.elasticloadbalancing.amazonaws.com": /./,
  // They assume what was handed to them with a resource of the role's own account, by whoever may pass it.
  "ec2.amazonaws.com": /^sts:AssumeRole$/,
  "ecs.amazonaws.com": /^sts:AssumeRole$/,
  "rds.amazonaws.com": /^sts:AssumeRole$/,
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
  "events.amazonaws.com": /^(?:sns:Publish|kms:Decrypt|kms:GenerateDataKey\*)$/,
};

/** Keys that tell for whom a service acts; CloudWatch Logs says it by what it encrypts. */
const sources = ["aws:SourceAccount", "aws:SourceArn", "kms:EncryptionContext:aws:logs:arn"];

/** Actions that AWS itself grants on everything, beside those that know no resource. */
const onEverything = [
  ...actionsWithoutResource,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
  "ssm:UpdateInstanceInformation",
];

/** What policies allow. */
export const policyRules = {
  "policy-action": {
    severity: "high",
    why: "A wildcard also allows what AWS adds next year.",
    source: "CKV_AWS_63, CKV_AWS_107, IAM.21",
    mend: "name the actions",
    check: inAllowed((statement, _, stack) => {
      if (statement.has("not_actions")) return "allows whatever it does not name";
      // As every key's policy must, or nobody could change the key: what the account allows, it names elsewhere.
      if (isOwnAccount(statement, stack)) return false;
      return statement
        .texts("actions")
        .filter((action) => /^\*$|:\*$/.test(action))
        .map((action) => `allows ${action}`);
    }),
  },
  "policy-resource": {
    severity: "high",
    why: "What may be done to every resource may be done to those of other stages.",
    source: "CKV_AWS_356, CKV_AWS_111",
    mend: "name the resources",
    check: inAllowed((statement) => {
      const everything = statement.texts("resources").includes("*") || statement.has("not_resources");
      if (!everything || statement.has("principals")) return false;
      return statement
        .texts("actions")
        .filter((action) => !onEverything.includes(action))
        .map((action) => `allows ${action} on everything`);
    }),
  },
  "policy-pass-role": {
    severity: "high",
    why: "Who may hand a role to any service may use it.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    mend: "add a condition on iam:PassedToService",
    check: inAllowed(
      (statement) =>
        statement.texts("actions").includes("iam:PassRole") &&
        !conditionOn(statement, "iam:PassedToService") &&
        "hands roles to any service",
    ),
  },
  "policy-source": {
    severity: "medium",
    why: "A service acts for every account; without a condition it can be sent by somebody else's.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    mend: "add a condition on aws:SourceAccount or aws:SourceArn",
    check: inAllowed((statement) => {
      if (conditionOn(statement, ...sources)) return false;
      const actions = statement.texts("actions");
      const services = principals(statement, "Service").filter((service) => {
        const silent = withoutSource[service];
        return silent === undefined || !actions.every((action) => silent.test(action));
      });
      return services.map((service) => `trusts ${service}, whoever sends it`);
    }),
  },
  "policy-public": {
    severity: "high",
    why: "A principal of * is everybody on the internet.",
    source: "CKV_AWS_32, CKV_AWS_70, CKV_AWS_168, CKV_AWS_169",
    mend: "name the principals, or add a condition",
    check: inAllowed((statement) => {
      const everybody = ["*", "AWS"].some((type) => principals(statement, type).includes("*"));
      return everybody && !statement.has("condition") && "lets everybody in";
    }),
  },
  "policy-readable": {
    severity: "medium",
    why: "A policy that is written as text is read by no rule, and by few people.",
    source: `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document`,
    mend: `write it as ${documentType}`,
    check: each(
      [
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_s3_bucket_policy",
        "aws_sqs_queue_policy",
        "aws_sns_topic_policy",
        "aws_ecr_repository_policy",
      ],
      (policy, stack) => stack.targets(policy, "policy", documentType).length === 0 && "has its policy as text",
    ),
  },
} satisfies Rules;
