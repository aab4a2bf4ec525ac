import {
  ruleTraffic,
  serviceOfEndpoint,
  unknown,
  type RulePeer,
  type SecurityGroupRule,
  type UnknownResource,
} from "network-paths";
import { object, text, type JsonObject } from "../wire/json";
import { listObjects, numberAt, textsAt, type Ask } from "./ask";

/** The rules of all security groups, and a finding for each that cannot be read. */
export async function readRules(ask: Ask): Promise<{
  readonly rules: readonly SecurityGroupRule[];
  readonly unknown: readonly UnknownResource[];
}> {
  const rules = await listObjects(ask, "ec2", "DescribeSecurityGroupRules", "SecurityGroupRules");
  const prefixLists = await readPrefixLists(ask, rules);
  const read = rules.flatMap((rule) => readRule(rule, peersOf(rule, prefixLists)));
  return { rules: read.filter((each) => "traffic" in each), unknown: read.filter((each) => "kind" in each) };
}

/** One for each peer; a prefix list may have several CIDR blocks. */
function readRule(rule: JsonObject, peers: readonly RulePeer[]): readonly (SecurityGroupRule | UnknownResource)[] {
  const name = text(rule.SecurityGroupRuleId);
  if (peers.length === 0) return [unknown(name, "has no security group, prefix list or CIDR block that is known")];
  const traffic = ruleTraffic(text(rule.IpProtocol), numberAt(rule, "FromPort"), numberAt(rule, "ToPort"));
  const direction = rule.IsEgress === true ? "egress" : "ingress";
  return peers.map((peer) => ({ name, direction, group: text(rule.GroupId), traffic, peer }));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html */
function peersOf(rule: JsonObject, prefixLists: PrefixLists): readonly RulePeer[] {
  const group = text(object(rule.ReferencedGroupInfo).GroupId);
  const range = text(rule.CidrIpv4 ?? rule.CidrIpv6);
  if (group !== "") return [{ group }];
  return range === "" ? (prefixLists.get(text(rule.PrefixListId)) ?? []) : [{ range }];
}

type PrefixLists = ReadonlyMap<string, readonly RulePeer[]>;

/** The prefix lists that rules refer to: those of gateway endpoints by their service, others by their CIDR blocks. */
async function readPrefixLists(ask: Ask, rules: readonly JsonObject[]): Promise<PrefixLists> {
  const used = new Set(rules.map(({ PrefixListId }) => text(PrefixListId)));
  used.delete("");
  if (used.size === 0) return new Map();
  const all = await listObjects(ask, "ec2", "DescribeManagedPrefixLists", "PrefixLists");
  const known = all.filter(({ PrefixListId }) => used.has(text(PrefixListId)));
  return new Map(
    await Promise.all(
      known.map(async (list) => [text(list.PrefixListId), await peersOfPrefixList(ask, list)] as const),
    ),
  );
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html */
async function peersOfPrefixList(ask: Ask, { PrefixListId, PrefixListName }: JsonObject): Promise<readonly RulePeer[]> {
  const name = text(PrefixListName);
  if (/^com\.amazonaws\.[a-z\d-]+\.(s3|dynamodb)$/.test(name)) return [{ service: serviceOfEndpoint(name) }];
  const entries = await listObjects(ask, "ec2", "GetManagedPrefixListEntries", "Entries", { PrefixListId });
  return textsAt(entries, "Cidr").map((range) => ({ range }));
}

/** The id of each VPC's default security group, which network interfaces have when none is given. */
export async function readDefaultGroups(ask: Ask): Promise<ReadonlyMap<string, string>> {
  const groups = await listObjects(ask, "ec2", "DescribeSecurityGroups", "SecurityGroups");
  const defaults = groups.filter(({ GroupName }) => GroupName === "default");
  return new Map(defaults.map(({ VpcId, GroupId }) => [text(VpcId), text(GroupId)]));
}
