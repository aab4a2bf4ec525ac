import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { plannedChanges, expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";
import type { RouteReport } from "emulated-aws";

const stacks = ["dev02-us-east-1", "dev02-eu-west-1"];
const stack = "dev02-us-east-1";
const newImage = { TF_VAR_appname_image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/appname-dev02-image:abc123" };

// The API keeps its port of the load balancer, and the rules of the old port end after its tasks.
const newPort = `port: 9090, listenerPort: 8080, deployment: { strategy: "rolling", waitForSteadyState: true }`;

// Every character that JSON, Terraform and HCL treat specially.
const motto = 'a "quoted" \\ path\n$HOME {x} %d \u00e9 \u{1F600}';

// The names are written out, as existing pipelines use them.
const cluster = "appname-ecs-cluster-dev02";
const service = "appname-ecs-service-dev02";

describe("cdktf deploy of both dev02 regions into one account", () => {
  let sandbox: Sandbox;
  let clientOptions: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };

  beforeAll(async () => {
    // Roles and policies take effect after some seconds, as in AWS.
    sandbox = await Sandbox.startWith({ time: { roleDelaySeconds: 3 }, records: true }, "dev");
    clientOptions = {
      endpoint: sandbox.emulator.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
  });
  afterAll(() => sandbox.stop());

  const runningTask = async () => {
    const ecs = new ECSClient(clientOptions);
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: services[0]?.taskDefinition }),
    );
    const [container] = taskDefinition?.containerDefinitions ?? [];
    return { revision: taskDefinition?.revision, image: container?.image, container };
  };
  const deploy = (...variables: Parameters<Sandbox["cdktf"]>[1][]) =>
    sandbox.keptRoutes(() => sandbox.cdktf(["deploy", stack, "--auto-approve"], ...variables));
  /** Throws when no route was kept, or one had an outage. */
  const expectServed = (routes: readonly RouteReport[]) => {
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ outages }) => outages.length > 0)).toEqual([]);
  };
  let duringChangeOfPort: readonly RouteReport[] = [];

  it("applies with no image pushed yet", async () => {
    const output = await sandbox.cdktf(["deploy", ...stacks, "--auto-approve"]);
    expect(output).toContain("api_url");
    expect((await runningTask()).image).toMatch(/\/appname-dev02-image:latest$/);
  });

  it.each(stacks)("plans nothing more for %s", async (each) => {
    await expectNoChanges(sandbox, each);
  });

  it("has the names that pipelines use, and a forced deployment causes no drift", async () => {
    const { repositories } = await new ECRClient(clientOptions).send(
      new DescribeRepositoriesCommand({ repositoryNames: ["appname-dev02-image"] }),
    );
    expect(repositories).toHaveLength(1);
    await new ECSClient(clientOptions).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
    await expectNoChanges(sandbox, stack);
  });

  it("changes the port, and keeps text literally", async () => {
    sandbox.edit(
      "config/dev/dev02/us-east-1-dev02.ts",
      "appname: { ...webDefaults,",
      `appname: { ...webDefaults, ${newPort}, environment: { MOTTO: ${JSON.stringify(motto)} },`,
    );
    duringChangeOfPort = await deploy();
    const { container } = await runningTask();
    expect(container?.portMappings?.[0]?.containerPort).toBe(9090);
    expect(container?.environment).toContainEqual({ name: "MOTTO", value: motto });
    await expectNoChanges(sandbox, stack);
  });

  it("serves every route while the port changes", () => {
    expectServed(duringChangeOfPort);
  });

  it("creates only a new revision for a new image, without an outage", async () => {
    expect(await plannedChanges(sandbox, stack, newImage)).toEqual([
      "delete/create aws_ecs_task_definition.services_appname",
      "delete/create aws_ecs_task_definition.services_appname_tasks_migrate",
      "update aws_ecs_service.services_appname",
    ]);
    const { revision = 0 } = await runningTask();
    expectServed(await deploy(newImage));
    expect(await runningTask()).toMatchObject({ revision: revision + 1, image: newImage.TF_VAR_appname_image });
  });

  it("destroys both, and leaves only the state bucket", async () => {
    await sandbox.cdktf(["destroy", ...stacks, "--auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
