import { FakeAws, xml } from "../fake-aws";

describe("the emulated EC2", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });
  const actions = () => aws.received.map(({ body }) => new URLSearchParams(body.toString()).get("Action"));

  it.each(["Groups", "PrefixListIds", "IpRanges", "Ipv6Ranges"])(
    "describes a rule whose source is one of %s as it was described",
    async (source) => {
      const rules = (name: string) =>
        xml(
          `<${name}><securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId></item></securityGroupRuleSet></${name}>`,
        );
      aws.answer = rules("AuthorizeSecurityGroupIngressResponse");
      await aws.query("ec2", {
        Action: "AuthorizeSecurityGroupIngress",
        [`IpPermissions.1.${source}.1.Description`]: "from a & b",
      });
      aws.answer = rules("DescribeSecurityGroupRulesResponse");
      expect(await aws.query("ec2", { Action: "DescribeSecurityGroupRules" })).toContain(
        "<description>from a &amp; b</description>",
      );
    },
  );

  it("gives a modified rule the group that it refers to now", async () => {
    aws.answer = xml("<ModifySecurityGroupRulesResponse><return>true</return></ModifySecurityGroupRulesResponse>");
    await aws.query("ec2", {
      Action: "ModifySecurityGroupRules",
      "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1",
      "SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId": "sg-new",
    });
    aws.answer = xml(
      "<R><securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId>" +
        "<referencedGroupInfo><groupId>sg-old</groupId></referencedGroupInfo></item></securityGroupRuleSet></R>",
    );
    expect(await aws.query("ec2", { Action: "DescribeSecurityGroupRules" })).toContain("<groupId>sg-new</groupId>");
  });

  it("finds a subnet by its IPv6 block, in the state that AWS would write", async () => {
    const subnet = (id: string) =>
      `<item><subnetId>${id}</subnetId><ipv6CidrBlockAssociationSet><item><associationId>assoc-${id}</associationId>` +
      "<ipv6CidrBlockState><state>{'State': 'associated'}</state></ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet></item>";
    aws.answer = xml(
      `<DescribeSubnetsResponse><subnetSet>${subnet("a")}${subnet("b")}</subnetSet></DescribeSubnetsResponse>`,
    );
    const answer = await aws.query("ec2", {
      Action: "DescribeSubnets",
      Version: "2016-11-15",
      "Filter.1.Name": "ipv6-cidr-block-association.association-id",
      "Filter.1.Value.1": "assoc-b",
    });
    expect(answer).toContain("<subnetId>b</subnetId>");
    expect(answer).not.toContain("<subnetId>a</subnetId>");
    expect(answer).toContain("<state>associated</state>");
  });

  it("deletes the network interface of a NAT gateway with it", async () => {
    aws.answer = xml(
      "<R><natGatewaySet><item><natGatewayAddressSet><item><networkInterfaceId>eni-1</networkInterfaceId></item></natGatewayAddressSet></item></natGatewaySet></R>",
    );
    await aws.query("ec2", { Action: "DeleteNatGateway", NatGatewayId: "nat-1" });
    expect(actions()).toEqual(["DescribeNatGateways", "DeleteNatGateway", "DeleteNetworkInterface"]);
  });

  it("hides the default network ACL of a deleted VPC only", async () => {
    aws.answer = xml(
      "<R><networkAclSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId></item></networkAclSet></R>",
    );
    await aws.query("ec2", { Action: "DeleteVpc", VpcId: "vpc-1" });
    const answer = await aws.query("ec2", { Action: "DescribeNetworkAcls" });
    expect(answer).not.toContain("vpc-1");
    expect(answer).toContain("vpc-2");
  });

  it("gives a root volume the size that moto asks for, and leaves a given one", async () => {
    aws.answer = xml("<R/>");
    await aws.query("ec2", {
      Action: "RunInstances",
      "BlockDeviceMapping.1.Ebs.Encrypted": "true",
      "BlockDeviceMapping.2.Ebs.VolumeSize": "30",
    });
    const form = new URLSearchParams(aws.received[0]?.body.toString());
    expect(form.get("BlockDeviceMapping.1.Ebs.VolumeSize")).toBe("8");
    expect(form.get("BlockDeviceMapping.2.Ebs.VolumeSize")).toBe("30");
  });

  it("shows whether an instance is monitored", async () => {
    await aws.query("ec2", { Action: "MonitorInstances", "InstanceId.1": "i-1" });
    aws.answer = xml(
      "<R><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><monitoring><state>disabled</state></monitoring></item></instancesSet></item></reservationSet></R>",
    );
    expect(await aws.query("ec2", { Action: "DescribeInstances" })).toContain("<state>enabled</state>");
  });
});
