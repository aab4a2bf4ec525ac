import type { Break } from "../edit";

const balancer = "aws_lb";
const listener = "aws_lb_listener";

/** What breaks one rule about a way in without an API, its bucket and its stores, and no other. */
export const publicBreaks = {
  "public-alb-waf": (stack) => {
    stack.remove("aws_wafv2_web_acl_association");
  },
  "public-balancer-log": (stack) => {
    stack.set(balancer, "access_logs.enabled", false);
  },
  "public-balancer-kept": (stack) => {
    stack.set(balancer, "enable_deletion_protection", false);
  },
  "listener-tls": (stack) => {
    stack.set(listener, "ssl_policy", "ELBSecurityPolicy-2016-08", { protocol: "HTTPS" });
  },
  "listener-redirect": (stack) => {
    stack.set(listener, "default_action", [{ type: "forward" }], { protocol: "HTTP" });
  },
  "bucket-private": (stack) => {
    stack.set("aws_s3_bucket_public_access_block", "ignore_public_acls", false);
  },
  "bucket-tls": (stack) => {
    stack.replace("data.aws_iam_policy_document", "aws:SecureTransport", "aws:SourceVpc");
  },
  "bucket-owner": (stack) => {
    stack.set("aws_s3_bucket_ownership_controls", "rule.object_ownership", "ObjectWriter");
  },
  "bucket-versions": (stack) => {
    stack.set("aws_s3_bucket_versioning", "versioning_configuration.status", "Suspended");
  },
  "bucket-lifecycle": (stack) => {
    stack.remove("aws_s3_bucket_lifecycle_configuration");
  },
  "bucket-encrypted": (stack) => {
    stack.remove("aws_s3_bucket_server_side_encryption_configuration");
  },
  "bucket-name": (stack) => {
    stack.set("aws_s3_bucket", "bucket", "Access_Logs");
  },
  "table-recovery": (stack) => {
    stack.set("aws_dynamodb_table", "point_in_time_recovery.enabled", false);
  },
  "files-encrypted": (stack) => {
    stack.set("aws_efs_file_system", "encrypted", false);
  },
} satisfies Readonly<Record<string, Break>>;
