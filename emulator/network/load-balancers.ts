import type { Host, PrivateLink, Traffic } from "network-paths";
import { text, type JsonObject } from "../wire/json";
import { listObjects, numberAt, texts, textsAt, type Ask } from "./ask";

/** All load balancers, by their ARNs, with what their listeners accept. */
export async function readLoadBalancers(ask: Ask): Promise<readonly Host[]> {
  const loadBalancers = await listObjects(ask, "elbv2", "DescribeLoadBalancers", "LoadBalancers");
  return Promise.all(loadBalancers.map((loadBalancer) => readLoadBalancer(ask, loadBalancer)));
}

async function readLoadBalancer(ask: Ask, loadBalancer: JsonObject): Promise<Host> {
  const { LoadBalancerArn, Type, SecurityGroups, AvailabilityZones } = loadBalancer;
  const listeners = await listObjects(ask, "elbv2", "DescribeListeners", "Listeners", { LoadBalancerArn });
  const groups = texts(SecurityGroups);
  return {
    name: text(LoadBalancerArn),
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
    groups: Type === "network" && groups.length === 0 ? undefined : groups,
    subnets: textsAt(AvailabilityZones, "SubnetId"),
    publicIp: loadBalancer.Scheme === "internet-facing",
    ipv6: text(loadBalancer.IpAddressType).startsWith("dualstack"),
    listeners: listeners.flatMap((listener) => trafficOf(listener)),
    isOpenToPrivateLink: loadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic === "off",
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html */
function trafficOf(listener: JsonObject): readonly Traffic[] {
  const port = numberAt(listener, "Port");
  if (port === undefined) return [];
  const protocols: Readonly<Record<string, readonly string[]>> = {
    UDP: ["udp"],
    QUIC: ["udp"],
    TCP_UDP: ["tcp", "udp"],
    TCP_QUIC: ["tcp", "udp"],
  };
  return (protocols[text(listener.Protocol)] ?? ["tcp"]).map((protocol) => ({ protocol, from: port, to: port }));
}

/** VPC links of API Gateway by their ids: V2 with network interfaces of their own, V1 through PrivateLink. */
export async function readVpcLinks(ask: Ask): Promise<{
  readonly hosts: readonly Host[];
  readonly privateLinks: readonly PrivateLink[];
}> {
  const [links, privateLinks] = await Promise.all([
    listObjects(ask, "apigatewayv2", "GetVpcLinks", "Items"),
    listObjects(ask, "apigateway", "GetVpcLinks", "items", { limit: 500 }),
  ]);
  return {
    hosts: links.map(({ VpcLinkId, SecurityGroupIds, SubnetIds }) => ({
      name: text(VpcLinkId),
      groups: texts(SecurityGroupIds),
      subnets: texts(SubnetIds),
      publicIp: false,
    })),
    privateLinks: privateLinks.map(({ id, targetArns }) => ({ name: text(id), loadBalancers: texts(targetArns) })),
  };
}
