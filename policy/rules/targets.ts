import { restMethods } from "../rest-methods";
import { each, type PolicyStack, type Rules } from "../rule";
import type { Block } from "../terraform/stack";

/** Listeners and target groups of load balancers. */
export const targetRules = {
  "listener-tls": {
    severity: "high",
    rationale: "TLS 1.0 and 1.1 have known vulnerabilities.",
    source: "CKV_AWS_103, ELB.17",
    remediation: 'set ssl_policy to "ELBSecurityPolicy-TLS13-1-2-2021-06"',
    check: each("aws_lb_listener", (listener) => {
      if (!["HTTPS", "TLS"].includes(listener.text("protocol"))) return false;
      const policy = listener.text("ssl_policy");
      return !/^ELBSecurityPolicy-(?:TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/.test(policy) && `has the TLS policy "${policy}"`;
    }),
  },
  "listener-redirect": {
    severity: "high",
    rationale: "Requests over plain HTTP can be read and modified in transit.",
    source: "CKV_AWS_2, ELB.1",
    remediation: "redirect to HTTPS on port 443 (default_action.redirect)",
    check: each("aws_lb_listener", (listener, stack) => {
      const isPublic = stack.targets(listener, "load_balancer_arn", "aws_lb").some((lb) => lb.get("internal") !== true);
      if (!isPublic || !["HTTP", "TCP"].includes(listener.text("protocol"))) return false;
      const redirects = listener.get("default_action.redirect.protocol") === "HTTPS";
      return !redirects && "serves the internet without TLS";
    }),
  },
  "target-health-check": {
    severity: "medium",
    rationale: "Without an HTTP health check a load balancer sends requests to tasks that do not respond.",
    source: "CKV_AWS_261",
    remediation: "set services.<name>.healthCheck.target.path (health_check with protocol HTTP and a path)",
    check: each("aws_lb_target_group", (group) => {
      const checked = /^HTTPS?$/.test(group.text("health_check.protocol")) && group.has("health_check.path");
      return (!checked || group.get("health_check.enabled") === false) && "has no HTTP health check";
    }),
  },
  "target-health-check-times": {
    severity: "medium",
    rationale: "Elastic Load Balancing rejects health checks outside its limits, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    remediation:
      "set services.<name>.healthCheck.target.timeoutSeconds (2 to 120) below intervalSeconds (5 to 300), and thresholds from 2 to 10 (health_check)",
    check: each("aws_lb_target_group", (group) => {
      if (!group.has("health_check")) return false;
      const of = (key: string, initial: number) =>
        group.has(`health_check.${key}`) ? group.number(`health_check.${key}`) : initial;
      const [interval, timeout] = [of("interval", 30), of("timeout", 6)];
      const thresholds = [of("healthy_threshold", 3), of("unhealthy_threshold", 3)];
      const timesFit = timeout >= 2 && timeout < interval && timeout <= 120 && interval >= 5 && interval <= 300;
      const thresholdsFit = thresholds.every((threshold) => threshold >= 2 && threshold <= 10);
      return (
        !(timesFit && thresholdsFit) &&
        `has a health check with an interval of ${interval} s, a timeout of ${timeout} s and thresholds of ${thresholds.join(" and ")}`
      );
    }),
  },
  "target-group-replacement": {
    severity: "medium",
    rationale:
      "A listener uses the old target group until it refers to the new one, which therefore needs another name.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group",
    remediation: "set lifecycle.create_before_destroy to true, and name_prefix instead of name",
    check: each("aws_lb_target_group", (group) => {
      const replaceable = group.get("lifecycle.create_before_destroy") === true && !group.has("name");
      return !replaceable && "cannot be replaced while a listener uses it";
    }),
  },
  "target-deregistration-delay": {
    severity: "medium",
    rationale: "A request is lost when its task is deregistered before the API's integration timeout ends.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    remediation:
      "set services.<name>.deregistrationDelaySeconds to ingress.timeoutMilliseconds and 5 s more (deregistration_delay)",
    appliesTo: "production",
    check: each("aws_lb_target_group", (group, stack) => {
      const needed = longestIntegrationTimeout(stack) + 5;
      const delay = group.has("deregistration_delay") ? group.number("deregistration_delay") : 300;
      const behindApi = group.get("target_type") === "ip" && needed > 5;
      return (
        behindApi &&
        delay < needed &&
        `has a deregistration delay of ${delay} s, and the API an integration timeout of ${needed - 5} s`
      );
    }),
  },
} satisfies Rules;

/** Longest integration timeout of the APIs of a stack, in seconds; 0 without an API. */
function longestIntegrationTimeout(stack: PolicyStack): number {
  const milliseconds = (integration: Block) => integration.number("timeout_milliseconds") || 29_000;
  return Math.max(
    0,
    ...stack
      .all("aws_api_gateway_integration", "aws_apigatewayv2_integration")
      .filter((integration) => integration.get("type") !== "MOCK")
      .map((integration) => milliseconds(integration) / 1000),
    ...restMethods(stack)
      .filter(({ integration }) => integration.get("type") !== "mock")
      .map(({ integration }) => (integration.number("timeoutInMillis") || 29_000) / 1000),
  );
}
