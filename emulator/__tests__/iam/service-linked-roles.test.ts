import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";
import { sessionOf } from "./role-session";

const roleOf = (service: string, name: string) =>
  `arn:aws:iam::111122223333:role/aws-service-role/${service}.amazonaws.com/${name}`;

describe("a service-linked role", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());
  const create = (AWSServiceName: string) => iam().send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));

  it("is created by the first call that needs it, so that later callers need no permission to create it", async () => {
    const ecs = new ECSClient(await sessionOf(aws, "deploy", { Effect: "Allow", Action: "ecs:*", Resource: "*" }));
    const createCluster = (client: ECSClient, clusterName: string) =>
      refusal(client.send(new CreateClusterCommand({ clusterName })));
    expect(await createCluster(ecs, "a")).toBe("AccessDeniedException");
    expect(await createCluster(new ECSClient(aws.client()), "b")).toBe("");
    expect(await createCluster(ecs, "c")).toBe("");
    const { Role } = await iam().send(new GetRoleCommand({ RoleName: "AWSServiceRoleForECS" }));
    expect(Role?.Arn).toBe(roleOf("ecs", "AWSServiceRoleForECS"));
    const { Roles = [] } = await iam().send(new ListRolesCommand({ PathPrefix: "/aws-service-role/" }));
    expect(Roles.map(({ RoleName }) => RoleName)).toEqual(["AWSServiceRoleForECS"]);
  });

  it("has AWS's name when it is created by itself", async () => {
    const { Role } = await create("elasticloadbalancing.amazonaws.com");
    expect(Role?.Arn).toBe(roleOf("elasticloadbalancing", "AWSServiceRoleForElasticLoadBalancing"));
    const { Role: scaling } = await create("ecs.application-autoscaling.amazonaws.com");
    expect(scaling?.RoleName).toBe("AWSServiceRoleForApplicationAutoScaling_ECSService");
  });
});
