import { list, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import type { Rule, RuleCall } from "./rule";

type Ask = RuleCall["ask"];

/** Subnets and security groups by their ids, and the VPC in which they have to be. */
export interface Network {
  readonly subnets?: JsonValue;
  readonly securityGroups?: JsonValue;
  /** @default - the VPC of the first subnet */
  readonly vpc?: string;
}

/** A subnet or security group that is in another VPC than the rest of its network. */
export interface Misplaced {
  readonly id: string;
  readonly vpc: string;
  /** Where the rest of the network is. */
  readonly expected: string;
}

interface Refusal<Problem> {
  readonly code: string;
  readonly message: (problem: Problem) => string;
}

/** What is created or changed in a VPC, and how its service refuses a network. */
export interface NetworkUser {
  /** Start of the names of its rules, such as "load-balancer". */
  readonly name: string;
  /** The resource in the rules, such as "a load balancer". */
  readonly resource: string;
  readonly service: string;
  readonly operations: readonly string[];
  readonly source: string;
  /** The network of a call; undefined when it changes none. */
  readonly network: (call: RuleCall) => Promise<Network | undefined> | Network | undefined;
  /** @default - moto refuses subnets that do not exist */
  readonly missingSubnet?: Refusal<string>;
  /** @default - moto refuses security groups that do not exist */
  readonly missingSecurityGroup?: Refusal<string>;
  readonly otherVpc: Refusal<Misplaced>;
}

/** The rules that subnets and security groups exist, and are of one VPC. */
export function networkRules(user: NetworkUser): readonly Rule[] {
  const { name, resource, service, operations, source, missingSubnet, missingSecurityGroup, otherVpc } = user;
  const rule = <Problem>(
    suffix: string,
    fact: string,
    refusal: Refusal<Problem> | undefined,
    find: (ask: Ask, network: Network) => Promise<Problem | undefined>,
  ): readonly Rule[] =>
    refusal === undefined
      ? []
      : [
          {
            name: `${name}-${suffix}`,
            service,
            operations,
            code: refusal.code,
            rule: fact,
            source,
            refuse: async (call) => {
              const network = await user.network(call);
              const problem = network && (await find(call.ask, network));
              return problem === undefined ? undefined : refusal.message(problem);
            },
          },
        ];
  return [
    ...rule("subnet-unknown", `The subnets of ${resource} exist.`, missingSubnet, unknownSubnet),
    ...rule(
      "security-group-unknown",
      `The security groups of ${resource} exist.`,
      missingSecurityGroup,
      unknownSecurityGroup,
    ),
    ...rule("vpc", `The subnets and security groups of ${resource} are of one VPC.`, otherVpc, misplaced),
  ];
}

/** The first subnet or security group that is in another VPC than the rest of a network. */
export async function misplaced(ask: Ask, { subnets, securityGroups, vpc }: Network): Promise<Misplaced | undefined> {
  const found = [...(await subnetsOf(ask, subnets)), ...(await securityGroupsOf(ask, securityGroups))];
  const expected = vpc ?? text(found[0]?.VpcId);
  const other = found.find(({ VpcId }) => VpcId !== expected);
  return other && { id: text(other.SubnetId ?? other.GroupId), vpc: text(other.VpcId), expected };
}

/** The VPC of a subnet; undefined when the subnet does not exist. */
export async function vpcOfSubnet(ask: Ask, id: JsonValue): Promise<string | undefined> {
  const [subnet] = await subnetsOf(ask, [id]);
  return subnet && text(subnet.VpcId);
}

/** The default VPC of the region, in which services create what names no subnets; undefined when it was deleted. */
export async function defaultVpc(ask: Ask): Promise<string | undefined> {
  const { Vpcs } = await ask("DescribeVpcs", { Filters: [{ Name: "is-default", Values: ["true"] }] }, "ec2");
  const [vpc] = objects(Vpcs);
  return vpc && text(vpc.VpcId);
}

async function unknownSubnet(ask: Ask, { subnets }: Network): Promise<string | undefined> {
  const known = (await subnetsOf(ask, subnets)).map(({ SubnetId }) => SubnetId);
  return idsOf(subnets).find((id) => !known.includes(id));
}

async function unknownSecurityGroup(ask: Ask, { securityGroups }: Network): Promise<string | undefined> {
  const known = (await securityGroupsOf(ask, securityGroups)).map(({ GroupId }) => GroupId);
  return idsOf(securityGroups).find((id) => !known.includes(id));
}

/** In the order in which they are named. */
async function subnetsOf(ask: Ask, subnets: JsonValue): Promise<readonly JsonObject[]> {
  const ids = idsOf(subnets);
  if (ids.length === 0) return [];
  const { Subnets } = await ask("DescribeSubnets", { Filters: [{ Name: "subnet-id", Values: ids }] }, "ec2");
  return ids.flatMap((id) => objects(Subnets).filter(({ SubnetId }) => SubnetId === id));
}

async function securityGroupsOf(ask: Ask, securityGroups: JsonValue): Promise<readonly JsonObject[]> {
  const ids = idsOf(securityGroups);
  if (ids.length === 0) return [];
  const { SecurityGroups } = await ask(
    "DescribeSecurityGroups",
    { Filters: [{ Name: "group-id", Values: ids }] },
    "ec2",
  );
  return ids.flatMap((id) => objects(SecurityGroups).filter(({ GroupId }) => GroupId === id));
}

function idsOf(value: JsonValue): readonly string[] {
  return [...new Set(list(value).map(text))].filter((id) => id !== "");
}
