import { ApiGatewayV2Client, CreateVpcLinkCommand } from "@aws-sdk/client-apigatewayv2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  EFSClient,
  ModifyMountTargetSecurityGroupsCommand,
} from "@aws-sdk/client-efs";
import { IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";
import { roleFor } from "./roles";
import { createTwoVpcs, unknown, type TwoVpcs } from "./two-vpcs";

const credential =
  "AWS4-HMAC-SHA256 Credential=AKIAEMULATOR00000000/20260101/us-east-1/lambda/aws4_request, SignedHeaders=, Signature=0";
/** An archive without files. */
const emptyZip = Buffer.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]).toString("base64");

describe("what runs in a VPC", () => {
  const aws = emulatorForSuite();
  let vpcs: TwoVpcs;
  beforeAll(async () => {
    vpcs = await createTwoVpcs(aws.client());
  });

  it("refuses tasks with subnets and groups that do not exist, or of two VPCs [task-subnet-unknown] [task-security-group-unknown] [task-vpc]", async () => {
    const ecs = new ECSClient(aws.client());
    const { own, other } = vpcs;
    await ecs.send(new CreateClusterCommand({ clusterName: "tasks" }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "tasks",
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        containerDefinitions: [{ name: "app", image: "app" }],
      }),
    );
    const task = (subnets: readonly string[], securityGroups: readonly string[]) => ({
      cluster: "tasks",
      taskDefinition: "tasks",
      launchType: "FARGATE" as const,
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups] },
      },
    });
    const run = (...network: Parameters<typeof task>) => refusal(ecs.send(new RunTaskCommand(task(...network))));
    const create = (...network: Parameters<typeof task>) =>
      refusal(ecs.send(new CreateServiceCommand({ ...task(...network), serviceName: "app", desiredCount: 1 })));
    for (const start of [run, create]) {
      expect(await start([unknown.subnet], [own.securityGroup])).toBe("InvalidParameterException");
      expect(await start(own.subnets, [unknown.securityGroup])).toBe("InvalidParameterException");
      expect(await start(own.subnets, [own.securityGroup, other.securityGroup])).toBe("InvalidParameterException");
      expect(await start([own.subnets[0], other.subnets[1]], [])).toBe("InvalidParameterException");
      expect(await start(own.subnets, [own.securityGroup])).toBe("");
      expect(await start(own.subnets, [])).toBe(start === run ? "" : "InvalidParameterException");
    }
    const { networkConfiguration } = task(own.subnets, [other.securityGroup]);
    const update = { cluster: "tasks", service: "app" };
    expect(await refusal(ecs.send(new UpdateServiceCommand({ ...update, networkConfiguration })))).toBe(
      "InvalidParameterException",
    );
    expect(await refusal(ecs.send(new UpdateServiceCommand({ ...update, desiredCount: 2 })))).toBe("");
  });

  it("refuses VPC links with subnets and groups that do not exist, or of two VPCs [vpc-link-subnet-unknown] [vpc-link-security-group-unknown] [vpc-link-vpc]", async () => {
    const api = new ApiGatewayV2Client(aws.client());
    const { own, other } = vpcs;
    const create = (SubnetIds: readonly string[], SecurityGroupIds: readonly string[]) =>
      refusal(
        api.send(
          new CreateVpcLinkCommand({
            Name: "link",
            SubnetIds: [...SubnetIds],
            SecurityGroupIds: [...SecurityGroupIds],
          }),
        ),
      );
    expect(await create([unknown.subnet], [])).toBe("BadRequestException");
    expect(await create(own.subnets, [unknown.securityGroup])).toBe("BadRequestException");
    expect(await create(own.subnets, [other.securityGroup])).toBe("BadRequestException");
    expect(await create([own.subnets[0], other.subnets[1]], [])).toBe("BadRequestException");
    expect(await create(own.subnets, [own.securityGroup])).toBe("");
    expect(await create(own.subnets, [])).toBe("");
  });

  it("refuses functions with subnets and groups that do not exist, or of two VPCs [function-subnets-without-security-groups] [function-subnet-unknown] [function-security-group-unknown] [function-vpc]", async () => {
    const { own, other } = vpcs;
    const Role = await roleFor(new IAMClient(aws.client()), "function", "lambda.amazonaws.com");
    let count = 0;
    const call = async (method: string, path: string, body: object): Promise<string> => {
      const response = await fetch(`${aws.endpoint}/2015-03-31/functions${path}`, {
        method,
        headers: { authorization: credential },
        body: JSON.stringify(body),
      });
      return response.headers.get("x-amzn-errortype") ?? (response.ok ? "" : String(response.status));
    };
    const create = (subnets: readonly string[], groups: readonly string[]) =>
      call("POST", "", {
        FunctionName: `function-${++count}`,
        Runtime: "nodejs22.x",
        Role,
        Handler: "index.handler",
        Code: { ZipFile: emptyZip },
        VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups },
      });
    expect(await create(own.subnets, [])).toBe("InvalidParameterValueException");
    expect(await create([unknown.subnet], [own.securityGroup])).toBe("InvalidParameterValueException");
    expect(await create(own.subnets, [unknown.securityGroup])).toBe("InvalidParameterValueException");
    expect(await create(own.subnets, [other.securityGroup])).toBe("InvalidParameterValueException");
    expect(await create([], [])).toBe("");
    expect(await create(own.subnets, [own.securityGroup])).toBe("");
    const update = (group: string) =>
      call("PUT", `/function-${count}/configuration`, {
        VpcConfig: { SubnetIds: own.subnets, SecurityGroupIds: [group] },
      });
    expect(await update(other.securityGroup)).toBe("InvalidParameterValueException");
    expect(await update(own.securityGroup)).toBe("");
  });

  it("refuses security groups of another VPC for a mount target [mount-target-vpc]", async () => {
    const efs = new EFSClient(aws.client());
    const { own, other } = vpcs;
    const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: "files" }));
    const target = (group: string) => ({ FileSystemId, SubnetId: own.subnets[0], SecurityGroups: [group] });
    expect(await refusal(efs.send(new CreateMountTargetCommand(target(other.securityGroup))))).toBe(
      "SecurityGroupNotFound",
    );
    const { MountTargetId } = await efs.send(new CreateMountTargetCommand(target(own.securityGroup)));
    const modify = (group: string) =>
      refusal(efs.send(new ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups: [group] })));
    expect(await modify(other.securityGroup)).toBe("SecurityGroupNotFound");
    expect(await modify(own.securityGroup)).toBe("");
  });
});
