import { queryReaders, type Reader } from "../reader";
import { object, text, type JsonObject } from "../../wire/json";

const ec2 = queryReaders("ec2", "2016-11-15", { defaults: true });
const deleted = ({ state }: JsonObject): boolean => state === "deleted" || state === "deleting";

/** VPC resources and instances. */
export const network: readonly Reader[] = [
  ec2("VPC", "DescribeVpcs", "vpcSet.item", "vpcId"),
  ec2("Subnet", "DescribeSubnets", "subnetSet.item", "subnetId"),
  ec2("Route table", "DescribeRouteTables", "routeTableSet.item", "routeTableId"),
  ec2("Internet gateway", "DescribeInternetGateways", "internetGatewaySet.item", "internetGatewayId"),
  ec2("NAT gateway", "DescribeNatGateways", "natGatewaySet.item", "natGatewayId", { ignore: deleted }),
  ec2("Elastic IP address", "DescribeAddresses", "addressesSet.item", "allocationId"),
  ec2(
    "Egress-only internet gateway",
    "DescribeEgressOnlyInternetGateways",
    "egressOnlyInternetGatewaySet.item",
    "egressOnlyInternetGatewayId",
  ),
  ec2("VPC endpoint", "DescribeVpcEndpoints", "vpcEndpointSet.item", "vpcEndpointId", { ignore: deleted }),
  ec2(
    "EC2 Instance Connect Endpoint",
    "DescribeInstanceConnectEndpoints",
    "instanceConnectEndpointSet.item",
    "instanceConnectEndpointId",
  ),
  ec2("Security group", "DescribeSecurityGroups", "securityGroupInfo.item", "groupId"),
  ec2("Security group rule", "DescribeSecurityGroupRules", "securityGroupRuleSet.item", "securityGroupRuleId"),
  ec2("Network ACL", "DescribeNetworkAcls", "networkAclSet.item", "networkAclId"),
  ec2("Flow log", "DescribeFlowLogs", "flowLogSet.item", "flowLogId"),
  ec2("DHCP option set", "DescribeDhcpOptions", "dhcpOptionsSet.item", "dhcpOptionsId"),
  ec2("Network interface", "DescribeNetworkInterfaces", "networkInterfaceSet.item", "networkInterfaceId", {
    // They are part of another resource.
    ignore: ({ requesterManaged }) => requesterManaged === "true",
  }),
  ec2("Managed prefix list", "DescribeManagedPrefixLists", "prefixListSet.item", "prefixListId"),
  ec2("Instance", "DescribeInstances", "reservationSet.item.instancesSet.item", "instanceId", {
    ignore: ({ instanceState }) => text(object(instanceState).name) === "terminated",
  }),
  ec2("Volume", "DescribeVolumes", "volumeSet.item", "volumeId"),
  ec2("Launch template", "DescribeLaunchTemplates", "launchTemplates.item", "launchTemplateId"),
  ec2("Key pair", "DescribeKeyPairs", "keySet.item", "keyName"),
];

const elb = queryReaders("elasticloadbalancing", "2015-12-01");
const rules = (listener: string): Reader =>
  elb("Listener rule", `DescribeRules&ListenerArn=${encodeURIComponent(listener)}`, "Rules.member", "RuleArn", {
    ignore: ({ IsDefault }) => IsDefault === "true",
  });
const listeners = (balancer: string): Reader =>
  elb(
    "Listener",
    `DescribeListeners&LoadBalancerArn=${encodeURIComponent(balancer)}`,
    "Listeners.member",
    "ListenerArn",
    {
      within: ({ ListenerArn }) => [rules(text(ListenerArn))],
    },
  );

/** Load balancers with their listeners and rules, and target groups. */
export const loadBalancing: readonly Reader[] = [
  elb("Load balancer", "DescribeLoadBalancers", "LoadBalancers.member", "LoadBalancerName", {
    within: ({ LoadBalancerArn }) => [listeners(text(LoadBalancerArn))],
  }),
  elb("Target group", "DescribeTargetGroups", "TargetGroups.member", "TargetGroupName"),
];
