import type { Change } from "../edit";

const balancer = "aws_lb";
const group = "aws_lb_target_group";
const deployment = "aws_api_gateway_deployment";
const settings = "aws_api_gateway_method_settings";
const restApi = "aws_api_gateway_rest_api";
const apiStage = "aws_api_gateway_stage";
const alb = { load_balancer_type: "application" };
const nlb = { load_balancer_type: "network" };
const toTasks = { target_type: "ip" };

/** Changes that each violate exactly one rule about the ingress of production. */
export const ingressViolations = {
  "alb-invalid-headers": (stack) => {
    stack.set(balancer, "drop_invalid_header_fields", false, alb);
  },
  "alb-desync-mitigation": (stack) => {
    stack.set(balancer, "desync_mitigation_mode", "monitor", alb);
  },
  "nlb-cross-zone": (stack) => {
    stack.set(balancer, "enable_cross_zone_load_balancing", undefined, nlb);
  },
  "nlb-private-link": (stack) => {
    stack.set(balancer, "enforce_security_group_inbound_rules_on_private_link_traffic", "on", nlb);
  },
  "target-health-check": (stack) => {
    stack.set(group, "health_check.path", undefined, toTasks);
  },
  "target-health-check-times": (stack) => {
    stack.set(group, "health_check.timeout", 10, toTasks);
  },
  "target-group-replacement": (stack) => {
    stack.set(group, "name", "fixed", toTasks);
  },
  "target-deregistration-delay": (stack) => {
    stack.set(group, "deregistration_delay", "33", toTasks);
  },
  "api-authorization": (stack) => {
    stack.replace(restApi, '"security" = [{"appname-authorizer-prod01" = []}], ', "");
  },
  "api-integration-timeout": (stack) => {
    stack.replace(restApi, '"timeoutInMillis" = 29000', '"timeoutInMillis" = 29001');
  },
  "api-deployment-triggers": (stack) => {
    stack.set(deployment, "triggers", undefined);
  },
  "api-deployment-stage": (stack) => {
    stack.set(deployment, "stage_name", "prod01");
  },
  "api-deployment-replacement": (stack) => {
    stack.set(deployment, "lifecycle", undefined);
  },
  "api-access-log": (stack) => {
    stack.set(apiStage, "access_log_settings", undefined);
  },
  "api-error-log": (stack) => {
    stack.set(settings, "settings.logging_level", "OFF");
  },
  "api-data-trace": (stack) => {
    stack.set(settings, "settings.data_trace_enabled", true);
  },
  "api-throttling": (stack) => {
    stack.set(settings, "settings.throttling_rate_limit", -1);
  },
  "api-method-settings": (stack) => {
    stack.set(settings, "method_path", "~1test1/ANY");
  },
  "api-tracing": (stack) => {
    stack.set(apiStage, "xray_tracing_enabled", false);
  },
  "api-waf": (stack) => {
    stack.remove("aws_wafv2_web_acl_association");
  },
  "domain-tls": (stack) => {
    stack.set("aws_apigatewayv2_domain_name", "domain_name_configuration.security_policy", "TLS_1_0");
  },
  "api-default-endpoint": (stack) => {
    stack.set(restApi, "disable_execute_api_endpoint", false);
  },
  "domain-complete": (stack) => {
    stack.set("data.aws_route53_zone", "name", "");
  },
  "certificate-validation": (stack) => {
    stack.set("aws_acm_certificate_validation", "validation_record_fqdns", []);
  },
} satisfies Readonly<Record<string, Change>>;
