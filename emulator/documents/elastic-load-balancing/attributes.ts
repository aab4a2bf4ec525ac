import { objects, text, type JsonValue } from "../../wire/json";
import type { Refusal } from "../document";
import { isOutside, numberOf } from "../values";

/** The values of each attribute; those that are not in it can have any. */
export type Attributes = ReadonlyMap<string, (value: string) => boolean>;

const flag = oneOf("true", "false");

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export const loadBalancerAttributes: Attributes = new Map([
  ["deletion_protection.enabled", flag],
  ["load_balancing.cross_zone.enabled", flag],
  ["access_logs.s3.enabled", flag],
  ["connection_logs.s3.enabled", flag],
  ["idle_timeout.timeout_seconds", between(1, 4000)],
  ["client_keep_alive.seconds", between(60, 604800)],
  ["routing.http2.enabled", flag],
  ["routing.http.desync_mitigation_mode", oneOf("monitor", "defensive", "strictest")],
  ["routing.http.drop_invalid_header_fields.enabled", flag],
  ["routing.http.preserve_host_header.enabled", flag],
  ["routing.http.x_amzn_tls_version_and_cipher_suite.enabled", flag],
  ["routing.http.xff_client_port.enabled", flag],
  ["routing.http.xff_header_processing.mode", oneOf("append", "preserve", "remove")],
  ["waf.fail_open.enabled", flag],
  ["ipv6.deny_all_igw_traffic", flag],
  [
    "dns_record.client_routing_policy",
    oneOf("availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"),
  ],
]);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export const targetGroupAttributes: Attributes = new Map([
  ["deregistration_delay.timeout_seconds", between(0, 3600)],
  ["deregistration_delay.connection_termination.enabled", flag],
  ["stickiness.enabled", flag],
  ["stickiness.type", oneOf("lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto")],
  ["stickiness.lb_cookie.duration_seconds", between(1, 604800)],
  ["stickiness.app_cookie.duration_seconds", between(1, 604800)],
  ["stickiness.app_cookie.cookie_name", (value) => !/^AWSALB/i.test(value)],
  ["load_balancing.cross_zone.enabled", oneOf("true", "false", "use_load_balancer_configuration")],
  ["load_balancing.algorithm.type", oneOf("round_robin", "least_outstanding_requests", "weighted_random")],
  ["load_balancing.algorithm.anomaly_mitigation", oneOf("on", "off")],
  ["slow_start.duration_seconds", (value) => value === "0" || between(30, 900)(value)],
  ["preserve_client_ip.enabled", flag],
  ["proxy_protocol_v2.enabled", flag],
  ["lambda.multi_value_headers.enabled", flag],
  ["target_failover.on_deregistration", oneOf("rebalance", "no_rebalance")],
  ["target_failover.on_unhealthy", oneOf("rebalance", "no_rebalance")],
  ["target_group_health.dns_failover.minimum_healthy_targets.count", any],
  ["target_group_health.dns_failover.minimum_healthy_targets.percentage", any],
  ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", any],
  ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", any],
  ["target_health_state.unhealthy.connection_termination.enabled", flag],
  ["target_health_state.unhealthy.draining_interval_seconds", any],
]);

/** The refusal of attributes when one has a value that it cannot have. */
export function wrongAttribute(attributes: JsonValue, values: Attributes): Refusal | undefined {
  const wrong = objects(attributes).find(({ Key, Value }) => values.get(text(Key))?.(text(Value)) === false);
  return wrong
    ? {
        code: "ValidationError",
        message: `'${text(wrong.Value)}' is not a valid value for the attribute key '${text(wrong.Key)}'`,
      }
    : undefined;
}

/** The refusal of attributes when one is none of those that exist. */
export function unknownAttribute(attributes: JsonValue, known: Attributes): Refusal | undefined {
  const unknown = objects(attributes).find(({ Key }) => !known.has(text(Key)));
  return unknown && { code: "ValidationError", message: `Attribute key '${text(unknown.Key)}' is not recognized` };
}

function any(): boolean {
  return true;
}

function oneOf(...values: readonly string[]): (value: string) => boolean {
  return (value) => values.includes(value);
}

function between(minimum: number, maximum: number): (value: string) => boolean {
  return (value) => numberOf(value) !== undefined && !isOutside(value, minimum, maximum);
}
