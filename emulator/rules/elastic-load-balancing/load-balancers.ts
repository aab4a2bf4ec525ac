import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service, subnetIds } from "./resources";

/** Rules of load balancers: their names, their subnets, their deletion. */
export const loadBalancerRules: readonly Rule[] = [
  {
    name: "load-balancer-name-in-use",
    service,
    operations: ["CreateLoadBalancer"],
    code: "DuplicateLoadBalancerName",
    rule: "A name belongs to one load balancer of an account and region; only a request with the same settings succeeds again.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    refuse: async ({ input, ask }) => {
      const { LoadBalancers } = await ask("DescribeLoadBalancers", { Names: [text(input.Name)] });
      const [existing] = objects(LoadBalancers);
      return existing && !hasSameSettings(existing, input)
        ? `A load balancer with the same name '${text(input.Name)}' exists, but with different settings`
        : undefined;
    },
  },
  {
    name: "load-balancer-zone-used-twice",
    service,
    operations: ["CreateLoadBalancer", "SetSubnets"],
    code: "InvalidConfigurationRequest",
    rule: "A load balancer has at most one subnet in an Availability Zone.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    refuse: async (call) => {
      const zones = (await subnetsOf(call)).map(({ AvailabilityZone }) => text(AvailabilityZone));
      return new Set(zones).size < zones.length
        ? "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
        : undefined;
    },
  },
  {
    name: "load-balancer-in-one-zone",
    service,
    operations: ["CreateLoadBalancer", "SetSubnets"],
    code: "ValidationError",
    rule: "An Application Load Balancer has subnets in at least two Availability Zones.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    refuse: async (call) => {
      // A Classic Load Balancer, which has this name, is in one zone or more.
      if (call.input.LoadBalancerName !== undefined || (await typeOf(call)) !== "application") return undefined;
      return (await subnetsOf(call)).length === 1
        ? "At least two subnets in two different Availability Zones must be specified"
        : undefined;
    },
  },
  {
    name: "load-balancer-without-internet-gateway",
    service,
    operations: ["CreateLoadBalancer"],
    code: "InvalidSubnet",
    rule: "The VPC of an internet-facing load balancer has an internet gateway.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    refuse: async (call) => {
      const { input, ask } = call;
      if (input.Scheme === "internal" || input.Type === "gateway") return undefined;
      const [subnet] = await subnetsOf(call);
      if (!subnet) return undefined;
      const vpcId = text(subnet.VpcId);
      const Filters = [{ Name: "attachment.vpc-id", Values: [vpcId] }];
      const { InternetGateways } = await ask("DescribeInternetGateways", { Filters }, "ec2");
      return list(InternetGateways).length === 0 ? `VPC ${vpcId} has no internet gateway` : undefined;
    },
  },
  {
    name: "load-balancer-address-unknown",
    service,
    operations: ["CreateLoadBalancer", "SetSubnets"],
    code: "AllocationIdNotFound",
    rule: "The elastic IP addresses of a Network Load Balancer exist.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    refuse: async ({ input, ask }) => {
      for (const { AllocationId } of objects(input.SubnetMappings)) {
        if (text(AllocationId) === "") continue;
        const { Addresses } = await ask("DescribeAddresses", { AllocationIds: [AllocationId] }, "ec2");
        if (objects(Addresses).length === 0) return `The allocation ID '${text(AllocationId)}' does not exist`;
      }
      return undefined;
    },
  },
  {
    name: "load-balancer-deletion-protected",
    service,
    operations: ["DeleteLoadBalancer"],
    code: "OperationNotPermitted",
    rule: "A load balancer with deletion protection cannot be deleted.",
    source: `${reference}/API_DeleteLoadBalancer.html`,
    refuse: async ({ input, ask }) => {
      const LoadBalancerArn = text(input.LoadBalancerArn);
      const { Attributes } = await ask("DescribeLoadBalancerAttributes", { LoadBalancerArn });
      const isProtected = objects(Attributes).some(
        ({ Key, Value }) => Key === "deletion_protection.enabled" && Value === "true",
      );
      return isProtected
        ? `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`
        : undefined;
    },
  },
];

/** The subnets in the request, as far as they exist. */
async function subnetsOf({ input, ask }: RuleCall): Promise<readonly JsonObject[]> {
  const SubnetIds = subnetIds(input);
  return SubnetIds.length === 0 ? [] : objects((await ask("DescribeSubnets", { SubnetIds }, "ec2")).Subnets);
}

async function typeOf({ input, ask }: RuleCall): Promise<string> {
  const { LoadBalancerArn, Type = "application" } = input;
  if (LoadBalancerArn === undefined) return text(Type);
  const { LoadBalancers } = await ask("DescribeLoadBalancers", { LoadBalancerArns: [LoadBalancerArn] });
  return text(objects(LoadBalancers)[0]?.Type);
}

function hasSameSettings(existing: JsonObject, input: JsonObject): boolean {
  const { Scheme = "internet-facing", Type = "application", SecurityGroups } = input;
  const subnets = objects(existing.AvailabilityZones).map((zone) => text(object(zone).SubnetId));
  return (
    existing.Scheme === Scheme &&
    existing.Type === Type &&
    isSameSet(subnets, subnetIds(input)) &&
    (SecurityGroups === undefined || isSameSet(list(existing.SecurityGroups).map(text), list(SecurityGroups).map(text)))
  );
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
