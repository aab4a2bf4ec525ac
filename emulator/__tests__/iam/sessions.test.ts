import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { CreateRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the session of a role", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());

  const listClusters = async (role: string): Promise<string> => {
    const RoleArn = `arn:aws:iam::111122223333:role/${role}`;
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "job" });
    const { Credentials } = await new STSClient(aws.client()).send(command);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    return refusal(new ECSClient({ ...aws.client(), credentials }).send(new ListClustersCommand({})));
  };

  it("may do what the policies of the role allow at that time", async () => {
    const Principal = { AWS: "arn:aws:iam::111122223333:root" };
    const trust = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
    const document = (Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    const role = { RoleName: "deploy" };
    await iam().send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: document(trust) }));
    expect(await listClusters("deploy")).toBe("AccessDeniedException");
    const PolicyDocument = document([{ Effect: "Allow", Action: "ecs:ListClusters", Resource: "*" }]);
    await iam().send(new PutRolePolicyCommand({ ...role, PolicyName: "list", PolicyDocument }));
    expect(await listClusters("deploy")).toBe("");
    await iam().send(new DeleteRolePolicyCommand({ ...role, PolicyName: "list" }));
    expect(await listClusters("deploy")).toBe("AccessDeniedException");
  });

  it("is not evaluated when the emulated IAM does not have the role", async () => {
    expect(await listClusters("elsewhere")).toBe("");
  });
});
