import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createVpc, idOf } from "./network";

const tooMany = "RulesPerSecurityGroupLimitExceeded";
const ipv4 = { IpRanges: [{ CidrIp: "10.0.0.0/8" }] };
const ipv6 = { Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32" }] };

describe("the rules of a security group", () => {
  const aws = emulatorForSuite();
  let ec2: EC2Client;
  let vpc: string;
  let count = 0;
  beforeAll(async () => {
    ec2 = new EC2Client(aws.client());
    vpc = await createVpc(ec2);
  });

  const createGroup = async () => {
    const command = new CreateSecurityGroupCommand({ GroupName: `group-${++count}`, Description: "rules", VpcId: vpc });
    return idOf((await ec2.send(command)).GroupId);
  };
  const permissions = (first: number, last: number, sources: IpPermission): IpPermission[] =>
    Array.from({ length: last - first + 1 }, (_, index) => ({
      IpProtocol: "tcp",
      FromPort: first + index,
      ToPort: first + index,
      ...sources,
    }));
  const allow = (GroupId: string, first: number, last: number, sources: IpPermission) =>
    refusal(
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: permissions(first, last, sources) })),
    );
  const rulesOf = async (group: string): Promise<readonly SecurityGroupRule[]> => {
    const Filters = [{ Name: "group-id", Values: [group] }];
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
  };

  it("are at most 60 for IPv4 and 60 for IPv6 [too-many-rules-of-security-group]", async () => {
    const group = await createGroup();
    expect(await allow(group, 1, 31, { ...ipv4, ...ipv6 })).toBe("");
    expect(await allow(group, 32, 60, { ...ipv4, ...ipv6 })).toBe("");
    expect(await allow(group, 61, 61, ipv4)).toBe(tooMany);
    expect(await allow(group, 61, 61, ipv6)).toBe(tooMany);
    expect(await rulesOf(group)).toHaveLength(120);
  });

  it("that refer to a group count for both [too-many-rules-of-security-group]", async () => {
    const [group, other] = [await createGroup(), await createGroup()];
    expect(await allow(group, 1, 30, { UserIdGroupPairs: [{ GroupId: other }] })).toBe("");
    expect(await allow(group, 31, 60, { ...ipv4, ...ipv6 })).toBe("");
    expect(await allow(group, 61, 61, ipv4)).toBe(tooMany);
    expect(await allow(group, 61, 61, { UserIdGroupPairs: [{ GroupId: other }] })).toBe(tooMany);
  });

  it("are counted apart for outbound traffic [too-many-rules-of-security-group]", async () => {
    const group = await createGroup();
    const egress = (first: number, last: number) =>
      refusal(
        ec2.send(
          new AuthorizeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: permissions(first, last, ipv6) }),
        ),
      );
    expect(await allow(group, 1, 60, ipv4)).toBe("");
    expect([await egress(1, 60), await egress(61, 61)]).toEqual(["", tooMany]);
  });

  it("are shown, changed and revoked as those of one group", async () => {
    const group = await createGroup();
    expect(await allow(group, 1, 60, ipv4)).toBe("");
    expect(await allow(group, 1, 2, ipv6)).toBe("");
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: "vpc-id", Values: [vpc] }] }),
    );
    expect(SecurityGroups.every(({ GroupName }) => /^(group-\d+|default)$/.test(GroupName ?? ""))).toBe(true);
    const own = SecurityGroups.find(({ GroupId }) => GroupId === group);
    expect(own?.IpPermissions?.flatMap(({ Ipv6Ranges }) => Ipv6Ranges ?? [])).toHaveLength(2);

    const [first, second] = (await rulesOf(group)).filter(({ CidrIpv6 }) => CidrIpv6 !== undefined);
    expect(first?.GroupId).toBe(group);
    const SecurityGroupRule = {
      IpProtocol: "tcp",
      FromPort: 7,
      ToPort: 7,
      CidrIpv6: "2001:db8::/32",
      Description: "new",
    };
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: group,
        SecurityGroupRules: [{ SecurityGroupRuleId: first?.SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
    const changed = (await rulesOf(group)).find(
      ({ SecurityGroupRuleId }) => SecurityGroupRuleId === first?.SecurityGroupRuleId,
    );
    expect(changed).toMatchObject({ FromPort: 7, Description: "new" });

    const SecurityGroupRuleIds = [idOf(second?.SecurityGroupRuleId)];
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, SecurityGroupRuleIds }));
    const IpPermissions = permissions(60, 60, ipv4);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }));
    expect(await rulesOf(group)).toHaveLength(60);
    expect(await refusal(ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions })))).toBe(
      "InvalidPermission.NotFound",
    );
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    expect(await rulesOf(group)).toEqual([]);
  });
});
