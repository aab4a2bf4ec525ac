import {
  APIGatewayClient,
  CreateVpcLinkCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite } from "../../running-emulator";
import { createNetwork } from "../../rules/load-balanced-network";

describe("the VPC links of REST APIs", () => {
  const aws = emulatorForSuite();
  let gateway: APIGatewayClient;
  beforeAll(() => {
    gateway = new APIGatewayClient(aws.client());
  });
  const created = async (target: string) => {
    const { id: vpcLinkId } = await gateway.send(new CreateVpcLinkCommand({ name: "link", targetArns: [target] }));
    const { status, statusMessage } = await gateway.send(new GetVpcLinkCommand({ vpcLinkId }));
    const { items } = await gateway.send(new GetVpcLinksCommand({}));
    expect(items?.find(({ id }) => id === vpcLinkId)).toMatchObject({ status });
    return [status, statusMessage];
  };

  it("are available with a Network Load Balancer", async () => {
    const { loadBalancer } = await createNetwork(aws.client(), "network");
    expect(await created(loadBalancer)).toEqual(["AVAILABLE", undefined]);
  });

  it("fail with an Application Load Balancer, and with a load balancer that does not exist", async () => {
    const { loadBalancer } = await createNetwork(aws.client(), "application");
    expect(await created(loadBalancer)).toEqual(["FAILED", "NLB ARN is malformed"]);
    const missing = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/none/0123456789abcdef";
    expect((await created(missing))[0]).toBe("FAILED");
  });
});
