import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";

/** Listeners and target groups of load balancers. */
export const targetRules = {
  "listener-tls": {
    severity: "high",
    why: "TLS 1.0 and 1.1 are broken.",
    source: "CKV_AWS_103, ELB.17",
    mend: 'set ssl_policy to "ELBSecurityPolicy-TLS13-1-2-2021-06"',
    check: each("aws_lb_listener", (listener) => {
      if (!["HTTPS", "TLS"].includes(listener.text("protocol"))) return false;
      const policy = listener.text("ssl_policy");
      return !/^ELBSecurityPolicy-(?:TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/.test(policy) && `takes TLS by "${policy}"`;
    }),
  },
  "listener-redirect": {
    severity: "high",
    why: "What callers send over HTTP is read and changed on its way.",
    source: "CKV_AWS_2, ELB.1",
    mend: "redirect to HTTPS on port 443",
    check: each("aws_lb_listener", (listener, stack) => {
      const open = stack.targets(listener, "load_balancer_arn", "aws_lb").some((lb) => lb.get("internal") !== true);
      if (!open || !["HTTP", "TCP"].includes(listener.text("protocol"))) return false;
      const secure = listener.get("default_action.redirect.protocol") === "HTTPS";
      return !secure && "serves the internet without TLS";
    }),
  },
  "target-health": {
    severity: "medium",
    why: "Without a health check requests go on to a task that does not answer.",
    source: "CKV_AWS_261",
    mend: "add a health_check with protocol HTTP and a path",
    check: each("aws_lb_target_group", (group) => {
      const checked = /^HTTPS?$/.test(group.text("health_check.protocol")) && group.has("health_check.path");
      return (!checked || group.get("health_check.enabled") === false) && "is not asked whether it is well";
    }),
  },
  "target-health-times": {
    severity: "medium",
    why: "Terraform plans times of a health check that AWS refuses.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    mend: "write timeout (2 to 120) below interval (5 to 300), and thresholds from 2 to 10",
    check: each("aws_lb_target_group", (group) => {
      if (!group.has("health_check")) return false;
      const of = (key: string, initial: number) =>
        group.has(`health_check.${key}`) ? group.number(`health_check.${key}`) : initial;
      const [interval, timeout] = [of("interval", 30), of("timeout", 6)];
      const thresholds = [of("healthy_threshold", 3), of("unhealthy_threshold", 3)];
      const inOrder = timeout >= 2 && timeout < interval && timeout <= 120 && interval >= 5 && interval <= 300;
      const counted = thresholds.every((threshold) => threshold >= 2 && threshold <= 10);
      return (
        !(inOrder && counted) && `is checked every ${interval} s for ${timeout} s, ${thresholds.join(" and ")} times`
      );
    }),
  },
  "target-replaceable": {
    severity: "medium",
    why: "A listener holds the old target group until it knows the new one, whose name must differ.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group",
    mend: "set lifecycle.create_before_destroy, and name_prefix instead of name",
    check: each("aws_lb_target_group", (group) => {
      const replaceable = group.get("lifecycle.create_before_destroy") === true && !group.has("name");
      return !replaceable && "cannot be replaced, as a new port would do";
    }),
  },
  "target-drain": {
    severity: "medium",
    why: "A task that stops while the API still waits for its answer loses the request.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    mend: "set deregistration_delay to the API's timeout and 5 s more",
    holds: "production",
    check: each("aws_lb_target_group", (group, stack) => {
      const needed = longestAnswer(stack) + 5;
      const delay = group.has("deregistration_delay") ? group.number("deregistration_delay") : 300;
      const behindApi = group.get("target_type") === "ip" && needed > 5;
      return behindApi && delay < needed && `lets go of tasks after ${delay} s, before the API has ${needed - 5} s`;
    }),
  },
} satisfies Rules;

/** Longest time for which an API of the stack waits for an answer, in seconds; 0 without an API. */
function longestAnswer(stack: ReadStack): number {
  const milliseconds = (integration: Block) => integration.number("timeout_milliseconds") || 29_000;
  return Math.max(
    0,
    ...stack
      .all("aws_api_gateway_integration", "aws_apigatewayv2_integration")
      .filter((integration) => integration.get("type") !== "MOCK")
      .map((integration) => milliseconds(integration) / 1000),
  );
}
