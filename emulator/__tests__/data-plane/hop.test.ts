import { EC2Client, RevokeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import { DataPlane, type Hop } from "../../data-plane";
import { requestTo } from "../../data-plane/request";
import { Aws } from "../../models/aws";
import { findModels } from "../../models/botocore";
import { Models } from "../../models/model";
import { internalRequest, type InternalCall } from "../../proxy/call";
import type { Reply } from "../../proxy/gap";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands } from "./deployment";
import { containerPort } from "./network";

describe("the connections that a request needs", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  const hops: Hop[] = [];
  let refused: Hop["to"]["kind"] | undefined;
  let url: string;
  let dataPlane: DataPlane;
  const send = async (call: InternalCall): Promise<Reply> => {
    const { method, url: path, headers, body } = internalRequest(call);
    const sent = Object.entries(headers).filter(([name]) => name !== "host");
    const rest = Object.fromEntries(sent.map(([name, value]): [string, string] => [name, String(value)]));
    const content = method === "GET" ? undefined : new Uint8Array(body);
    const response = await fetch(`${aws.endpoint}${path}`, { method, headers: rest, body: content });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  };

  beforeAll(async () => {
    dataPlane = new DataPlane({
      aws: new Aws(new Models(await findModels("moto_server")), { send }),
      send,
      accounts: () => ["111122223333"],
      region: "us-east-1",
      commands: echoCommands,
      environment: () => ({}),
      hopAllowed: (hop) => {
        hops.push(hop);
        return Promise.resolve(hop.to.kind === refused ? "no rule of the security group allows it" : undefined);
      },
    });
    const TargetGroupArn = await deployment.targetGroup("echo");
    url = `http://${(await deployment.balancer("shop", [{ Type: "forward", TargetGroupArn }])).dnsName}/`;
    await deployment.service(TargetGroupArn, await deployment.taskDefinition());
  });
  beforeEach(() => {
    hops.length = 0;
    refused = undefined;
  });
  afterAll(() => dataPlane.stop());

  it("are asked for with both ends and the port", async () => {
    expect((await requestTo(dataPlane, url)).status).toBe(200);
    expect(hops).toMatchObject([
      { from: { kind: "internet", sourceIp: "203.0.113.10" }, to: { kind: "load-balancer" }, port: 80 },
      { from: { kind: "load-balancer" }, to: { kind: "ecs-service" }, port: 8080 },
    ]);
  });

  it("give 504 with the reason when one is not allowed", async () => {
    for (const kind of ["load-balancer", "ecs-service"] as const) {
      refused = kind;
      const response = await requestTo(dataPlane, url);
      expect(response.status).toBe(504);
      expect(response.headers.get("x-emulator-reason")).toBe("no rule of the security group allows it");
    }
  });

  it("end with the rule of a security group that allowed them", async () => {
    expect((await aws.request(url)).status).toBe(200);
    const { serviceGroup: GroupId, balancerGroup, linkGroup } = await deployment.network;
    const UserIdGroupPairs = [{ GroupId: balancerGroup }, { GroupId: linkGroup }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: containerPort, ToPort: containerPort, UserIdGroupPairs }];
    await new EC2Client(aws.client()).send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const response = await aws.request(url);
    expect(response.status).toBe(504);
    expect(response.headers.get("x-emulator-reason")).toMatch(
      /^no ingress rule of arn:aws:ecs:.*:service\/.* allows it$/,
    );
  });
});
