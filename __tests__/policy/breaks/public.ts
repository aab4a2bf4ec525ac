import type { Break } from "../edit";

const balancer = "aws_lb";
const listener = "aws_lb_listener";

/** What breaks one rule about a way in without an API, about files or about secrets, and no other. */
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
  "files-encrypted": (stack) => {
    stack.set("aws_efs_file_system", "encrypted", false);
  },
  "secret-filled": (stack) => {
    stack.remove("aws_secretsmanager_secret_version");
  },
} satisfies Readonly<Record<string, Break>>;
