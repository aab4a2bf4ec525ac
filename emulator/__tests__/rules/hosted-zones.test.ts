import { EC2Client } from "@aws-sdk/client-ec2";
import {
  AssociateVPCWithHostedZoneCommand,
  CreateHostedZoneCommand,
  Route53Client,
  type VPC,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createVpc } from "./network";

describe("a private hosted zone", () => {
  const aws = emulatorForSuite();
  const route53 = () => new Route53Client(aws.client());
  const vpcIn = async (VPCRegion: VPCRegion): Promise<VPC> => ({
    VPCId: await createVpc(new EC2Client(aws.client(VPCRegion))),
    VPCRegion,
  });
  let zones = 0;
  const create = (Name: string, VPC?: VPC) =>
    route53().send(new CreateHostedZoneCommand({ Name, VPC, CallerReference: `zone-${++zones}` }));

  it("is refused for a VPC that does not exist [hosted-zone-vpc]", async () => {
    const vpc = await vpcIn("eu-west-1");
    expect(await refusal(create("internal", { ...vpc, VPCRegion: "us-east-1" }))).toBe("InvalidVPCId");
    expect(await refusal(create("internal", vpc))).toBe("");
  });

  it("is refused for a VPC that has one of the name [private-zone-in-use]", async () => {
    const [one, two] = [await vpcIn("us-east-1"), await vpcIn("us-east-1")];
    expect(await refusal(create("orders.example.com"))).toBe("");
    const { HostedZone } = await create("orders.example.com", one);
    expect(await refusal(create("orders.example.com", one))).toBe("ConflictingDomainExists");
    expect(await refusal(create("db.orders.example.com", one))).toBe("");
    const associate = () =>
      refusal(route53().send(new AssociateVPCWithHostedZoneCommand({ HostedZoneId: HostedZone?.Id, VPC: two })));
    expect(await associate()).toBe("");
    expect(await associate()).toBe("ConflictingDomainExists");
  });
});
