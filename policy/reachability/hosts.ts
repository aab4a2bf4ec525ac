import { tcp, unknown, type Host, type UnknownResource } from "network-paths";
import type { Block, SynthesizedStack } from "../terraform/stack";
import { referenceList, type Values } from "../terraform/values";
import type { Listener } from "./network";

/** A resource with network interfaces in the VPC. Its name and those of its groups and subnets are addresses in Terraform. */
export interface ResourceHost extends Host {
  readonly type: string;
  readonly groups: readonly string[];
}

/** The network configuration of a resource, as its attributes have it. */
interface NetworkConfiguration {
  readonly groups: unknown;
  readonly subnets: unknown;
  /** @default - none */
  readonly publicIp?: unknown;
}

type Read = (block: Block, stack: SynthesizedStack) => NetworkConfiguration | undefined;

/** How each type of resource configures its network interfaces; undefined for a resource without any. */
const configurations: Readonly<Record<string, Read>> = {
  aws_ecs_service: (block) => tasksOf(block),
  aws_scheduler_schedule: (block) => ofFirst(block.blocks("target.ecs_parameters"), tasksOf),
  aws_cloudwatch_event_target: (block) => ofFirst(block.blocks("ecs_target"), tasksOf),
  aws_lb: (block) => {
    const internal = block.get("internal");
    const publicIp = typeof internal === "boolean" ? !internal : (internal ?? true);
    return { groups: block.get("security_groups"), subnets: block.get("subnets"), publicIp };
  },
  aws_vpc_endpoint: (block) =>
    (block.get("vpc_endpoint_type") ?? "Gateway") === "Gateway" ? undefined : inSubnets(block),
  aws_apigatewayv2_vpc_link: (block) => inSubnets(block),
  aws_db_instance: (block, stack) => ({
    ...inSubnetGroup(block, stack, "vpc_security_group_ids", "db_subnet_group_name"),
    publicIp: block.get("publicly_accessible"),
  }),
  aws_rds_cluster: (block, stack) => ({
    ...inSubnetGroup(block, stack, "vpc_security_group_ids", "db_subnet_group_name"),
    // The instances of a cluster are all public or all private.
    publicIp: stack.all("aws_rds_cluster_instance").some((each) => each.get("publicly_accessible") === true),
  }),
  aws_elasticache_replication_group: (block, stack) =>
    inSubnetGroup(block, stack, "security_group_ids", "subnet_group_name"),
  aws_elasticache_serverless_cache: (block) => inSubnets(block),
  aws_efs_mount_target: (block) => ({ groups: block.get("security_groups"), subnets: [block.get("subnet_id")] }),
  aws_db_proxy: (block) => ({ groups: block.get("vpc_security_group_ids"), subnets: block.get("vpc_subnet_ids") }),
  aws_ec2_instance_connect_endpoint: (block) => ({
    groups: block.get("security_group_ids"),
    subnets: [block.get("subnet_id")],
  }),
  aws_instance: (block) => ({
    groups: block.get("vpc_security_group_ids"),
    subnets: [block.get("subnet_id")],
    publicIp: block.get("associate_public_ip_address"),
  }),
  aws_lambda_function: (block) => ofFirst(block.blocks("vpc_config"), inSubnets),
};

/** Types of the resources that may have network interfaces. */
export const hostTypes = Object.keys(configurations);

/** Types of the resources that start ECS tasks, which must be able to pull their image. */
export const taskTypes = ["aws_ecs_service", "aws_scheduler_schedule", "aws_cloudwatch_event_target"];

/** Types of the resources that list subnets for others. */
export const subnetGroupTypes = ["aws_db_subnet_group", "aws_elasticache_subnet_group"];

/** All resources with network interfaces, and a finding for each whose network configuration is not known. */
export function readHosts(
  stack: SynthesizedStack,
  listeners: readonly Listener[],
): {
  readonly hosts: readonly ResourceHost[];
  readonly findings: readonly UnknownResource[];
} {
  const read = stack.resources.flatMap((resource) => readHost(stack, resource, listeners) ?? []);
  return { hosts: read.filter((each) => "groups" in each), findings: read.filter((each) => "kind" in each) };
}

function readHost(
  stack: SynthesizedStack,
  block: Block,
  listeners: readonly Listener[],
): ResourceHost | UnknownResource | undefined {
  const { address, type } = block;
  const configuration = configurations[type]?.(block, stack);
  if (configuration === undefined) return undefined;
  const groups = allOf(stack, "aws_security_group", configuration.groups);
  const subnets = allOf(stack, "aws_subnet", configuration.subnets);
  const { publicIp = false } = configuration;
  if (groups === undefined) return unknown(address, "has no security group of this stack; give it one");
  if (subnets === undefined) return unknown(address, "has no subnet of this stack; refer to its subnets by their ids");
  if (typeof publicIp !== "boolean") {
    return unknown(address, "has an expression for whether it has a public IP; write true or false");
  }
  const host = { name: address, type, groups, subnets, publicIp };
  return type === "aws_lb" ? { ...host, ...loadBalancerOf(block, listeners) } : host;
}

function loadBalancerOf(
  block: Block,
  listeners: readonly Listener[],
): Pick<Host, "ipv6" | "listeners" | "isOpenToPrivateLink"> {
  return {
    ipv6: block.text("ip_address_type").startsWith("dualstack"),
    listeners: listeners.filter(({ loadBalancer }) => loadBalancer === block.address).map(({ port }) => tcp(port)),
    isOpenToPrivateLink: block.get("enforce_security_group_inbound_rules_on_private_link_traffic") === "off",
  };
}

/** The resources of a list of references; undefined when it is empty or one has another type. */
function allOf(stack: SynthesizedStack, type: string, value: unknown): readonly string[] | undefined {
  const addresses = referenceList(value) ?? [];
  const known = addresses.every((address) => stack.at(address)?.type === type);
  return known && addresses.length > 0 ? addresses : undefined;
}

function ofFirst(
  blocks: readonly Values[],
  read: (block: Values) => NetworkConfiguration,
): NetworkConfiguration | undefined {
  const [first] = blocks;
  return first && read(first);
}

function tasksOf(block: Values): NetworkConfiguration {
  const network = "network_configuration";
  return {
    groups: block.get(`${network}.security_groups`),
    subnets: block.get(`${network}.subnets`),
    publicIp: block.get(`${network}.assign_public_ip`),
  };
}

function inSubnets(block: Values): NetworkConfiguration {
  return { groups: block.get("security_group_ids"), subnets: block.get("subnet_ids") };
}

function inSubnetGroup(block: Block, stack: SynthesizedStack, groups: string, subnetGroup: string) {
  const group = stack.at(block.reference(subnetGroup)?.address);
  const isSubnetGroup = group !== undefined && subnetGroupTypes.includes(group.type);
  return { groups: block.get(groups), subnets: isSubnetGroup ? group.get("subnet_ids") : undefined };
}
