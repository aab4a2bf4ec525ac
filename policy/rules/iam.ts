import { actionsWithoutResource } from "../../schema/services/permission";
import { each, type Rules } from "../rule";
import { conditionOn, documentType, eachAllowed, isOwnAccount, principals } from "./statements";

/** Actions for which a service sends no source condition keys, or whose resource already names the account. */
const withoutSource: Readonly<Record<string, RegExp>> = {
  "apigateway.amazonaws.com": /./,
  "logdelivery.elasticloadbalancing.amazonaws.com": /./,
  // These assume a role only for a resource in the role's own account, whose creator needs iam:PassRole.
  "ec2.amazonaws.com": /^sts:AssumeRole$/,
  "ecs.amazonaws.com": /^sts:AssumeRole$/,
  "rds.amazonaws.com": /^sts:AssumeRole$/,
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
  "events.amazonaws.com": /^(?:sns:Publish|kms:Decrypt|kms:GenerateDataKey\*)$/,
};

/** Condition keys for the source of a service's request; CloudWatch Logs sends its encryption context instead. */
const sourceKeys = ["aws:SourceAccount", "aws:SourceArn", "kms:EncryptionContext:aws:logs:arn"];

/** Actions that AWS's own policies allow on every resource, beside those without a resource. */
const allowedOnEveryResource = [
  ...actionsWithoutResource,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
  "ssm:UpdateInstanceInformation",
];

/** IAM policies and roles. */
export const iamRules = {
  "policy-action": {
    severity: "high",
    rationale: "A wildcard allows every action that the service has, and every action that AWS adds to it later.",
    source: "CKV_AWS_63, CKV_AWS_107, IAM.21",
    remediation: "list the actions in services.<name>.permissions (actions)",
    check: eachAllowed((statement, _, stack) => {
      if (statement.has("not_actions")) return "allows all but the listed actions";
      // A key policy must delegate to its own account, or the key could not be managed; IAM policies list the actions.
      if (isOwnAccount(statement, stack)) return false;
      return statement
        .texts("actions")
        .filter((action) => /^\*$|:\*$/.test(action))
        .map((action) => `allows ${action}`);
    }),
  },
  "policy-resource": {
    severity: "high",
    rationale: "An action on every resource also applies to the resources of other stages.",
    source: "CKV_AWS_356, CKV_AWS_111",
    remediation: "list the ARNs in services.<name>.permissions (resources)",
    check: eachAllowed((statement) => {
      const onEveryResource = statement.texts("resources").includes("*") || statement.has("not_resources");
      if (!onEveryResource || statement.has("principals")) return false;
      return statement
        .texts("actions")
        .filter((action) => !allowedOnEveryResource.includes(action))
        .map((action) => `allows ${action} on every resource`);
    }),
  },
  "policy-pass-role": {
    severity: "high",
    rationale: "A principal that can pass a role to any service can use all permissions of the role.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    remediation:
      "add a condition on iam:PassedToService to services.<name>.permissions (condition of the policy document)",
    check: eachAllowed(
      (statement) =>
        statement.texts("actions").includes("iam:PassRole") &&
        !conditionOn(statement, "iam:PassedToService") &&
        "allows passing roles to any service",
    ),
  },
  "policy-confused-deputy": {
    severity: "medium",
    rationale: "A service acts for every AWS account, so another account can make it use the permissions.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    remediation: "add a condition on aws:SourceAccount or aws:SourceArn",
    check: eachAllowed((statement) => {
      if (conditionOn(statement, ...sourceKeys)) return false;
      const actions = statement.texts("actions");
      const services = principals(statement, "Service").filter((service) => {
        const exempt = withoutSource[service];
        return exempt === undefined || !actions.every((action) => exempt.test(action));
      });
      return services.map((service) => `trusts ${service} for every account`);
    }),
  },
  "policy-public": {
    severity: "high",
    rationale: "The principal * is everyone on the internet.",
    source: "CKV_AWS_32, CKV_AWS_70, CKV_AWS_168, CKV_AWS_169",
    remediation: "list the principals, or add a condition",
    check: eachAllowed((statement) => {
      const isPublic = ["*", "AWS"].some((type) => principals(statement, type).includes("*"));
      return isPublic && !statement.has("condition") && "allows every principal";
    }),
  },
  "policy-document": {
    severity: "medium",
    rationale: "The rules about policies cannot check a policy that is JSON text.",
    source: `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document`,
    remediation: `use ${documentType}`,
    check: each(
      [
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_s3_bucket_policy",
        "aws_sqs_queue_policy",
        "aws_sns_topic_policy",
        "aws_ecr_repository_policy",
      ],
      (policy, stack) =>
        stack.targets(policy, "policy", documentType).length === 0 && "has a policy that is not a policy document",
    ),
  },
  "role-managed-policy": {
    severity: "high",
    rationale: "AWS managed policies for full access grant far more than an application uses.",
    source: "CKV_AWS_274, IAM.1",
    remediation:
      "list the actions that it needs in services.<name>.permissions (a policy with the actions and resources)",
    check: each("aws_iam_role_policy_attachment", (attachment) => {
      const policy = attachment.text("policy_arn").split("/").at(-1) ?? "";
      return /FullAccess$|^AdministratorAccess|^PowerUserAccess$|^IAMFullAccess$/.test(policy) && `attaches ${policy}`;
    }),
  },
  "role-trust": {
    severity: "high",
    rationale: "A role without a trusted principal cannot be assumed, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    remediation: `set assume_role_policy to a ${documentType} with the principals that assume the role`,
    check: each("aws_iam_role", (role, stack) => {
      const hasPrincipal = stack
        .targets(role, "assume_role_policy", documentType)
        .flatMap((document) => document.blocks("statement"))
        .some(
          (statement) =>
            statement.texts("actions").some((action) => action.startsWith("sts:AssumeRole")) &&
            statement.blocks("principals").some((principal) => principal.texts("identifiers").length > 0),
        );
      return !hasPrincipal && "trusts no principal";
    }),
  },
} satisfies Rules;
