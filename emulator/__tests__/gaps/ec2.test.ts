import { fakeAwsForEachTest, xml } from "../fake-aws";

describe("the gaps of EC2", () => {
  const aws = fakeAwsForEachTest();
  const actions = () => aws.received.map(({ body }) => new URLSearchParams(body.toString()).get("Action"));

  it.each(["Groups", "PrefixListIds", "IpRanges", "Ipv6Ranges"])(
    "returns the description of a rule whose source is in %s",
    async (source) => {
      const rules = (name: string) =>
        xml(
          `<${name}><securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId></item></securityGroupRuleSet></${name}>`,
        );
      aws.reply = rules("AuthorizeSecurityGroupIngressResponse");
      await aws.query("ec2", {
        Action: "AuthorizeSecurityGroupIngress",
        [`IpPermissions.1.${source}.1.Description`]: "from a & b",
      });
      aws.reply = rules("DescribeSecurityGroupRulesResponse");
      expect(await aws.query("ec2", { Action: "DescribeSecurityGroupRules" })).toContain(
        "<description>from a &amp; b</description>",
      );
    },
  );

  it("returns the new group of a modified rule", async () => {
    aws.reply = xml("<ModifySecurityGroupRulesResponse><return>true</return></ModifySecurityGroupRulesResponse>");
    await aws.query("ec2", {
      Action: "ModifySecurityGroupRules",
      "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1",
      "SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId": "sg-new",
    });
    aws.reply = xml(
      "<R><securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId>" +
        "<referencedGroupInfo><groupId>sg-old</groupId></referencedGroupInfo></item></securityGroupRuleSet></R>",
    );
    expect(await aws.query("ec2", { Action: "DescribeSecurityGroupRules" })).toContain("<groupId>sg-new</groupId>");
  });

  it("filters subnets by the association of their IPv6 block, and returns its state as AWS does", async () => {
    const subnet = (id: string) =>
      `<item><subnetId>${id}</subnetId><ipv6CidrBlockAssociationSet><item><associationId>assoc-${id}</associationId>` +
      "<ipv6CidrBlockState><state>{'State': 'associated'}</state></ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet></item>";
    aws.reply = xml(
      `<DescribeSubnetsResponse><subnetSet>${subnet("a")}${subnet("b")}</subnetSet></DescribeSubnetsResponse>`,
    );
    const described = await aws.query("ec2", {
      Action: "DescribeSubnets",
      Version: "2016-11-15",
      "Filter.1.Name": "ipv6-cidr-block-association.association-id",
      "Filter.1.Value.1": "assoc-b",
    });
    expect(described).toContain("<subnetId>b</subnetId>");
    expect(described).not.toContain("<subnetId>a</subnetId>");
    expect(described).toContain("<state>associated</state>");
  });

  it("deletes the network interface of a NAT gateway with the NAT gateway", async () => {
    aws.reply = xml(
      "<R><natGatewaySet><item><natGatewayAddressSet><item><networkInterfaceId>eni-1</networkInterfaceId></item></natGatewayAddressSet></item></natGatewaySet></R>",
    );
    await aws.query("ec2", { Action: "DeleteNatGateway", NatGatewayId: "nat-1" });
    expect(actions()).toEqual(["DescribeNatGateways", "DeleteNatGateway", "DeleteNetworkInterface"]);
  });

  it("does not list the default network ACL of a deleted VPC", async () => {
    aws.reply = xml(
      "<R><networkAclSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId></item></networkAclSet></R>",
    );
    await aws.query("ec2", { Action: "DeleteVpc", VpcId: "vpc-1" });
    const described = await aws.query("ec2", { Action: "DescribeNetworkAcls" });
    expect(described).not.toContain("vpc-1");
    expect(described).toContain("vpc-2");
  });

  it("adds the size of a volume that has none", async () => {
    aws.reply = xml("<R/>");
    await aws.query("ec2", {
      Action: "RunInstances",
      "BlockDeviceMapping.1.Ebs.Encrypted": "true",
      "BlockDeviceMapping.2.Ebs.VolumeSize": "30",
    });
    const form = new URLSearchParams(aws.received[0]?.body.toString());
    expect(form.get("BlockDeviceMapping.1.Ebs.VolumeSize")).toBe("8");
    expect(form.get("BlockDeviceMapping.2.Ebs.VolumeSize")).toBe("30");
  });

  it("returns whether detailed monitoring is enabled", async () => {
    await aws.query("ec2", { Action: "MonitorInstances", "InstanceId.1": "i-1" });
    aws.reply = xml(
      "<R><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><monitoring><state>disabled</state></monitoring></item></instancesSet></item></reservationSet></R>",
    );
    expect(await aws.query("ec2", { Action: "DescribeInstances" })).toContain("<state>enabled</state>");
  });
});
