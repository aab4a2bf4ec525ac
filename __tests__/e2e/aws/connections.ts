import {
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { Clients } from "./clients";
import { required } from "./load-balancers";

/** The connections that the security groups of a stage's VPC allow, as `<from> -> <to> : <port>`, by direction. */
export async function connectionsOf({ ec2 }: Clients, stage: string): Promise<{ egress: string[]; ingress: string[] }> {
  const ofStage = [{ Name: "tag:stage", Values: [stage] }];
  const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: ofStage }));
  const vpcId = required(vpc?.VpcId, `a VPC of ${stage}`);
  const inVpc = [{ Name: "vpc-id", Values: [vpcId] }];
  const { SecurityGroups: groups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: inVpc }));
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  const names = new Map([
    ...groups.map(({ GroupId = "", Tags = [], GroupName = "" }) => {
      const tag = Tags.find(({ Key }) => Key === "Name")?.Value ?? GroupName;
      return [GroupId, tag.replace(/^appname-/, "").replace(new RegExp(`-${stage}$`), "")] as const;
    }),
    ...PrefixLists.map(
      ({ PrefixListId = "", PrefixListName = "" }) => [PrefixListId, PrefixListName.split(".").at(-1) ?? ""] as const,
    ),
  ]);
  const filters = [{ Name: "group-id", Values: groups.map(({ GroupId = "" }) => GroupId) }];
  const { SecurityGroupRules: rules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: filters }),
  );
  const connection = (rule: SecurityGroupRule) => {
    const own = names.get(rule.GroupId ?? "") ?? "?";
    const peer = rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId;
    const other = peer === undefined ? (rule.CidrIpv4 ?? rule.CidrIpv6 ?? "?") : (names.get(peer) ?? peer);
    const ports = rule.FromPort === rule.ToPort ? String(rule.FromPort) : `${rule.FromPort ?? ""}-${rule.ToPort ?? ""}`;
    return rule.IsEgress === true ? `${own} -> ${other} : ${ports}` : `${other} -> ${own} : ${ports}`;
  };
  const sorted = (egress: boolean) =>
    rules
      .filter(({ IsEgress }) => IsEgress === egress)
      .map(connection)
      .sort();
  return { egress: sorted(true), ingress: sorted(false) };
}
