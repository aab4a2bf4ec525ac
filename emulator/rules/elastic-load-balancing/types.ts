import { list, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { loadBalancerOf } from "./listeners";
import { forwardedTo, listenersOf, reference, service, subnetIds } from "./resources";

const attributeReference = `${reference}/API_LoadBalancerAttribute.html`;

/** Attributes of one type of load balancer, by the first parts of their keys. */
const attributesOf: readonly (readonly [string, RegExp])[] = [
  ["application", /^(client_keep_alive|connection_logs|health_check_logs|idle_timeout|routing|waf)\./],
  ["network", /^(dns_record|secondary_ips)\./],
];

/** The protocols of the target groups to which a listener of a protocol forwards. */
const forwardedProtocols: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TCP", "TLS"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
};

/** Rules on what a type of load balancer, listener or target group can have. */
export const typeRules: readonly Rule[] = [
  {
    name: "load-balancer-attribute-of-another-type",
    service,
    operations: ["ModifyLoadBalancerAttributes"],
    code: "InvalidConfigurationRequest",
    rule: "A load balancer has only the attributes of its type.",
    source: attributeReference,
    refuse: async ({ input, ask }) => {
      const type = text((await described(ask, input.LoadBalancerArn))?.Type);
      const keys = objects(input.Attributes).map(({ Key }) => text(Key));
      const other = keys.find((key) => attributesOf.some(([owner, pattern]) => owner !== type && pattern.test(key)));
      return type === "" || other === undefined
        ? undefined
        : `Load balancer attribute key '${other}' is not supported on load balancers with type '${type}'`;
    },
  },
  {
    name: "application-load-balancer-cross-zone",
    service,
    operations: ["ModifyLoadBalancerAttributes"],
    code: "InvalidConfigurationRequest",
    rule: "An Application Load Balancer always balances across zones; only its target groups may not.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html",
    refuse: async ({ input, ask }) => {
      const isDisabled = objects(input.Attributes).some(
        ({ Key, Value }) => Key === "load_balancing.cross_zone.enabled" && Value === "false",
      );
      return isDisabled && (await described(ask, input.LoadBalancerArn))?.Type === "application"
        ? "Cross-zone load balancing cannot be disabled on load balancers with type 'application'"
        : undefined;
    },
  },
  {
    name: "listener-protocol",
    service,
    operations: ["CreateListener", "ModifyListener"],
    code: "ValidationError",
    rule: "A listener has a protocol of the type of its load balancer.",
    source: `${reference}/API_CreateListener.html`,
    refuse: async (call) => {
      const protocol = text(call.input.Protocol);
      const type = text((await described(call.ask, loadBalancerOf(call)))?.Type);
      if (protocol === "" || protocol.startsWith("HTTP") === (type === "application")) return undefined;
      if (type === "application") return `Listener protocol '${protocol}' must be one of 'HTTPS, HTTP'`;
      return type === "network" ? `Listener protocol '${protocol}' must be one of 'TLS, TCP, TCP_UDP, UDP'` : undefined;
    },
  },
  {
    name: "network-load-balancer-rules",
    service,
    operations: ["CreateRule"],
    code: "OperationNotPermitted",
    rule: "Only listeners of an Application Load Balancer have rules.",
    source: `${reference}/API_CreateRule.html`,
    refuse: async (call) =>
      (await described(call.ask, loadBalancerOf(call)))?.Type === "network"
        ? "Rules are unsupported for Network Load Balancer listeners"
        : undefined,
  },
  {
    name: "target-group-protocol",
    service,
    operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
    code: "IncompatibleProtocols",
    rule: "A listener forwards to target groups with a protocol that fits its own.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
    refuse: async (call) => {
      const targets = [call.input.DefaultActions, call.input.Actions].flatMap(forwardedTo);
      if (targets.length === 0) return undefined;
      const listener = await protocolOfListener(call);
      const fitting = forwardedProtocols[listener];
      const { TargetGroups } = await call.ask("DescribeTargetGroups", { TargetGroupArns: targets });
      // A target group of a function has no protocol.
      const other = objects(TargetGroups).find(
        ({ Protocol }) => Protocol !== undefined && fitting?.includes(text(Protocol)) === false,
      );
      return (
        other &&
        `Listener protocol '${listener}' is not supported with a target group with the protocol '${text(other.Protocol)}'`
      );
    },
  },
  {
    name: "network-load-balancer-security-groups",
    service,
    operations: ["SetSecurityGroups"],
    code: "InvalidConfigurationRequest",
    rule: "A Network Load Balancer that was made without security groups never has any.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
    refuse: async ({ input, ask }) => {
      const { Type, SecurityGroups } = (await described(ask, input.LoadBalancerArn)) ?? {};
      return Type === "network" && list(SecurityGroups).length === 0
        ? `Security groups cannot be associated with load balancer '${text(input.LoadBalancerArn)}', which was created without them`
        : undefined;
    },
  },
  {
    name: "dualstack-without-ipv6",
    service,
    operations: ["CreateLoadBalancer", "SetIpAddressType", "SetSubnets"],
    code: "ValidationError",
    rule: "A load balancer with IPv6 addresses has subnets with an IPv6 range.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    refuse: async ({ input, ask }) => {
      const stored = await described(ask, input.LoadBalancerArn);
      if (!text(input.IpAddressType ?? stored?.IpAddressType).startsWith("dualstack")) return undefined;
      const named = subnetIds(input);
      const own = objects(stored?.AvailabilityZones).map(({ SubnetId }) => text(SubnetId));
      const { Subnets } = await ask("DescribeSubnets", { SubnetIds: named.length > 0 ? named : own }, "ec2");
      return objects(Subnets).some(({ Ipv6CidrBlockAssociationSet }) => list(Ipv6CidrBlockAssociationSet).length === 0)
        ? "You must specify subnets with an associated IPv6 CIDR block."
        : undefined;
    },
  },
  {
    name: "default-rule-modified",
    service,
    operations: ["ModifyRule"],
    code: "OperationNotPermitted",
    rule: "The default rule changes with its listener.",
    source: `${reference}/API_ModifyRule.html`,
    refuse: async ({ input, ask }) => {
      const { Rules } = await ask("DescribeRules", { RuleArns: [input.RuleArn] });
      return objects(Rules).some(({ IsDefault }) => IsDefault === true)
        ? `Default rule '${text(input.RuleArn)}' cannot be modified`
        : undefined;
    },
  },
  {
    name: "authentication-without-https",
    service,
    operations: ["ModifyListener", "CreateRule", "ModifyRule"],
    code: "InvalidLoadBalancerAction",
    rule: "Only a listener of HTTPS, and its rules, authenticate users.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html",
    refuse: async (call) => {
      const types = [call.input.DefaultActions, call.input.Actions].flatMap(objects).map(({ Type }) => text(Type));
      const type = types.find((each) => each.startsWith("authenticate-"));
      return type !== undefined && (await protocolOfListener(call)) === "HTTP"
        ? `Actions of type '${type}' are supported only on HTTPS listeners`
        : undefined;
    },
  },
];

async function described(ask: RuleCall["ask"], arn: JsonObject[string]): Promise<JsonObject | undefined> {
  // A Classic Load Balancer, which has actions of the same names, has no ARN.
  if (arn === undefined) return undefined;
  return objects((await ask("DescribeLoadBalancers", { LoadBalancerArns: [arn] })).LoadBalancers)[0];
}

/** The protocol that the listener of the call has afterwards. */
async function protocolOfListener(call: RuleCall): Promise<string> {
  const { Protocol, ListenerArn, RuleArn } = call.input;
  if (Protocol !== undefined) return text(Protocol);
  const listeners = await listenersOf(call.ask, loadBalancerOf(call));
  const path = text(RuleArn ?? ListenerArn).replace(":listener-rule/", ":listener/");
  const own = listeners.find((each) => path === each.ListenerArn || path.startsWith(`${text(each.ListenerArn)}/`));
  return text(own?.Protocol);
}
