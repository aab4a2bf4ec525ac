import { APIGatewayClient, CreateVpcLinkCommand as CreateRestVpcLinkCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, CreateVpcLinkCommand } from "@aws-sdk/client-apigatewayv2";
import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc, idOf } from "./network";

describe("the VPC links of HTTP APIs", () => {
  const aws = emulatorForSuite();

  it.each([
    ["us-east-1", "use1-az3", "use1-az1"],
    ["us-west-1", "usw1-az1", "usw1-az3"],
    ["ca-central-1", "cac1-az4", "cac1-az1"],
  ])("refuses a subnet in a zone without VPC links: %s [vpc-link-zone]", async (region, without, supported) => {
    const ec2 = new EC2Client(aws.client(region));
    const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    const ids = AvailabilityZones.map(({ ZoneId }) => ZoneId);
    if (!ids.includes(without)) return;
    const zone = (id: string) => idOf(AvailabilityZones.find(({ ZoneId }) => ZoneId === id)?.ZoneName);
    const vpcId = await createVpc(ec2);
    const create = async (index: number, id: string) => {
      const SubnetIds = [await createSubnet(ec2, vpcId, index, zone(id))];
      const command = new CreateVpcLinkCommand({ Name: "link", SubnetIds });
      return refusal(new ApiGatewayV2Client(aws.client(region)).send(command));
    };
    expect(await create(1, without)).toBe("BadRequestException");
    expect(await create(2, supported)).toBe("");
  });

  it("takes a VPC link of REST APIs, which has no subnets [vpc-link-zone]", async () => {
    const command = new CreateRestVpcLinkCommand({
      name: "link",
      targetArns: ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/nlb/1"],
    });
    expect(await refusal(new APIGatewayClient(aws.client()).send(command))).toBe("");
  });
});
