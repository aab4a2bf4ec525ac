import type { Change } from "../edit";

const acl = "aws_wafv2_web_acl";
const logging = "aws_wafv2_web_acl_logging_configuration";
const pool = "aws_cognito_user_pool";
const client = "aws_cognito_user_pool_client";
const document = "data.aws_iam_policy_document";

/** Changes that each violate exactly one rule about WAF, user pools, IAM, queues and logs of production. */
export const securityViolations = {
  "waf-managed-rules": (stack) => {
    stack.set(acl, "rule.3.statement.managed_rule_group_statement.name", "Other");
  },
  "waf-rate-limit": (stack) => {
    stack.set(acl, "rule.0.statement.rate_based_statement.limit", 0);
  },
  "waf-metrics": (stack) => {
    stack.set(acl, "rule.0.visibility_config.cloudwatch_metrics_enabled", false);
  },
  "waf-log": (stack) => {
    stack.remove(logging);
  },
  "waf-log-redaction": (stack) => {
    stack.set(logging, "redacted_fields.0.single_header.name", "accept");
  },
  "waf-association": (stack) => {
    stack.add({
      aws_wafv2_web_acl_association: { it: { resource_arn: "${aws_lb.ingress_nlb.arn}" } },
    });
  },
  "user-pool-password": (stack) => {
    stack.set(pool, "password_policy.minimum_length", 8);
  },
  "user-pool-temporary-password": (stack) => {
    stack.set(pool, "password_policy.temporary_password_validity_days", 30);
  },
  "user-pool-mfa": (stack) => {
    stack.set(pool, "mfa_configuration", "OFF");
  },
  "user-pool-deletion": (stack) => {
    stack.set(pool, "deletion_protection", "INACTIVE");
  },
  "user-pool-client-errors": (stack) => {
    stack.set(client, "prevent_user_existence_errors", "LEGACY");
  },
  "user-pool-client-revocation": (stack) => {
    stack.set(client, "enable_token_revocation", false);
  },
  "policy-action": (stack) => {
    stack.replace(document, "sqs:SendMessage", "sqs:*");
  },
  "policy-resource": (stack) => {
    stack.replace(document, "${aws_ecr_repository.services_test1.arn}", "*");
  },
  "policy-pass-role": (stack) => {
    stack.replace(document, "iam:PassedToService", "aws:SourceVpc");
  },
  "policy-confused-deputy": (stack) => {
    stack.replace(document, "aws:SourceAccount", "aws:SourceVpc");
  },
  "policy-public": (stack) => {
    const principals = [{ type: "AWS", identifiers: ["*"] }];
    stack.add({ [document]: { it: { statement: [{ actions: ["sqs:SendMessage"], principals }] } } });
  },
  "policy-document": (stack) => {
    stack.set("aws_iam_role_policy", "policy", '{"Statement":[]}');
  },
  "role-managed-policy": (stack) => {
    const policy_arn = "arn:aws:iam::aws:policy/AmazonECS_FullAccess";
    stack.add({ aws_iam_role_policy_attachment: { it: { role: "it", policy_arn } } });
  },
  "role-trust": (stack) => {
    stack.replace(document, "sts:AssumeRole", "sts:TagSession");
  },
  "queue-encryption": (stack) => {
    stack.set("aws_sqs_queue", "sqs_managed_sse_enabled", false);
  },
  "queue-tls": (stack) => {
    stack.replace(document, "aws:SecureTransport", "aws:SourceVpc", "aws_sqs_queue.");
  },
  "log-retention": (stack) => {
    stack.set("aws_cloudwatch_log_group", "retention_in_days", undefined);
  },
} satisfies Readonly<Record<string, Change>>;
