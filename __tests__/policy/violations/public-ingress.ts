import type { Change } from "../edit";

const balancer = "aws_lb";
const listener = "aws_lb_listener";

/** Changes that each violate exactly one rule about public load balancers, file systems or secrets. */
export const publicIngressViolations = {
  "public-alb-waf": (stack) => {
    stack.remove("aws_wafv2_web_acl_association");
  },
  "public-load-balancer-log": (stack) => {
    stack.set(balancer, "access_logs.enabled", false);
  },
  "load-balancer-deletion": (stack) => {
    stack.set(balancer, "enable_deletion_protection", false);
  },
  "listener-tls": (stack) => {
    stack.set(listener, "ssl_policy", "ELBSecurityPolicy-2016-08", { protocol: "HTTPS" });
  },
  "listener-redirect": (stack) => {
    stack.set(listener, "default_action", [{ type: "forward" }], { protocol: "HTTP" });
  },
  "file-system-encryption": (stack) => {
    stack.set("aws_efs_file_system", "encrypted", false);
  },
  "secret-value": (stack) => {
    stack.remove("aws_secretsmanager_secret_version");
  },
} satisfies Readonly<Record<string, Change>>;
