import { list, objects, text, type JsonObject } from "../../wire/json";
import { networkRules, type Network } from "../network";
import type { Quotas } from "../quotas";
import type { Rule, RuleCall } from "../rule";
import { loadBalancerOf } from "./listeners";
import { forwardedTo, reference, service, subnetIds } from "./resources";

const forwardOperations = ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"];

/** Rules on the VPC of load balancers and of the target groups to which they forward. */
export function networkRulesOfLoadBalancers({ securityGroupsPerInterface }: Quotas): readonly Rule[] {
  return [
    {
      name: "load-balancer-security-groups",
      service,
      operations: ["CreateLoadBalancer", "SetSecurityGroups"],
      code: "InvalidConfigurationRequest",
      rule: "A load balancer has at most 5 security groups.",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
      refuse: ({ input }) =>
        list(input.SecurityGroups).length > securityGroupsPerInterface
          ? `A load balancer can have at most ${securityGroupsPerInterface} security groups`
          : undefined,
    },
    ...networkRules({
      name: "load-balancer",
      resource: "a load balancer",
      service,
      operations: ["CreateLoadBalancer", "SetSecurityGroups", "SetSubnets"],
      source: `${reference}/API_CreateLoadBalancer.html`,
      network: networkOfLoadBalancer,
      missingSubnet: {
        code: "SubnetNotFound",
        message: (id) => `The subnet ID '${id}' does not exist`,
      },
      missingSecurityGroup: {
        code: "InvalidSecurityGroup",
        message: (id) => `Security group '${id}' does not exist`,
      },
      otherVpc: {
        code: "InvalidConfigurationRequest",
        message: ({ id, expected }) =>
          id.startsWith("sg-")
            ? "One or more security groups are invalid"
            : `Subnet '${id}' is in a different VPC than the load balancer, which is in '${expected}'`,
      },
    }),
    {
      name: "target-group-unknown",
      service,
      operations: forwardOperations,
      code: "TargetGroupNotFound",
      rule: "The target groups of a listener or rule exist.",
      source: `${reference}/API_CreateListener.html`,
      refuse: async (call) => {
        for (const arn of forwardedToBy(call)) {
          if (!(await targetGroup(call, arn))) return `Target groups '${arn}' not found`;
        }
        return undefined;
      },
    },
    {
      name: "target-group-of-another-vpc",
      service,
      operations: forwardOperations,
      code: "InvalidConfigurationRequest",
      rule: "A load balancer forwards to target groups of its VPC.",
      source: `${reference}/API_CreateListener.html`,
      refuse: async (call) => {
        const arn = loadBalancerOf(call);
        const vpc = (await loadBalancer(call, arn))?.VpcId;
        for (const target of forwardedToBy(call)) {
          // A target group of a function has no VPC.
          const { VpcId } = (await targetGroup(call, target)) ?? {};
          if (vpc === undefined || VpcId === undefined || VpcId === vpc) continue;
          return `Target group '${target}' is in a different VPC than load balancer '${arn}'`;
        }
        return undefined;
      },
    },
  ];
}

async function networkOfLoadBalancer(call: RuleCall): Promise<Network | undefined> {
  const { LoadBalancerArn, LoadBalancerName, SecurityGroups: securityGroups } = call.input;
  // Classic Load Balancers, which are created by an action of the same name, have a name in place of an ARN.
  if (LoadBalancerName !== undefined) return undefined;
  const vpc = LoadBalancerArn === undefined ? undefined : (await loadBalancer(call, text(LoadBalancerArn)))?.VpcId;
  if (LoadBalancerArn !== undefined && vpc === undefined) return undefined;
  return { subnets: subnetIds(call.input), securityGroups, ...(vpc === undefined ? {} : { vpc: text(vpc) }) };
}

function forwardedToBy({ input }: RuleCall): readonly string[] {
  return [input.DefaultActions, input.Actions].flatMap(forwardedTo);
}

async function loadBalancer({ ask }: RuleCall, arn: string): Promise<JsonObject | undefined> {
  return objects((await ask("DescribeLoadBalancers", { LoadBalancerArns: [arn] })).LoadBalancers)[0];
}

async function targetGroup({ ask }: RuleCall, arn: string): Promise<JsonObject | undefined> {
  return objects((await ask("DescribeTargetGroups", { TargetGroupArns: [arn] })).TargetGroups)[0];
}
