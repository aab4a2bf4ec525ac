import { z } from "zod";
import { FakeAws } from "../fake-aws";

const service = { serviceArn: "arn:service", desiredCount: 2, launchType: "EC2", deployments: [{ id: "one" }] };

describe("the gaps that the emulator fills", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });

  describe("of ECS", () => {
    const describeServices = async (region?: string): Promise<unknown> => {
      aws.answer = { body: JSON.stringify({ services: [service] }) };
      const body: unknown = await (await aws.json("ecs", "DescribeServices", {}, region)).json();
      return body;
    };

    it("give back what a service was created with, and say that its tasks run", async () => {
      aws.answer = { body: JSON.stringify({ service }) };
      await aws.json("ecs", "CreateService", { healthCheckGracePeriodSeconds: 60, enableECSManagedTags: true });
      expect(await describeServices()).toMatchObject({
        services: [
          {
            healthCheckGracePeriodSeconds: 60,
            enableECSManagedTags: true,
            runningCount: 2,
            deployments: [{ rolloutState: "COMPLETED" }],
          },
        ],
      });
    });

    it("keep what an update does not name", async () => {
      aws.answer = { body: JSON.stringify({ service }) };
      await aws.json("ecs", "CreateService", { healthCheckGracePeriodSeconds: 60 });
      await aws.json("ecs", "UpdateService", { availabilityZoneRebalancing: "ENABLED" });
      expect(await describeServices()).toMatchObject({
        services: [{ healthCheckGracePeriodSeconds: 60, availabilityZoneRebalancing: "ENABLED" }],
      });
    });

    it("remember apart for each region, and nothing after a reset", async () => {
      aws.answer = { body: JSON.stringify({ service }) };
      await aws.json("ecs", "CreateService", { healthCheckGracePeriodSeconds: 60 });
      expect(await describeServices("eu-west-1")).not.toHaveProperty("services.0.healthCheckGracePeriodSeconds");
      expect(await describeServices()).toHaveProperty("services.0.healthCheckGracePeriodSeconds");
      await aws.call("s3", "/moto-api/reset", { method: "POST" });
      expect(await describeServices()).not.toHaveProperty("services.0.healthCheckGracePeriodSeconds");
    });
  });

  it("of ECS end a task that runs once, at once and well", async () => {
    const definition = { taskDefinitionArn: "arn:one:1", family: "one", containerDefinitions: [{ name: "migrate" }] };
    aws.answer = { body: JSON.stringify({ taskDefinition: definition }) };
    const run: unknown = await (await aws.json("ecs", "RunTask", { cluster: "c", taskDefinition: "one" })).json();
    const { tasks } = z.object({ tasks: z.array(z.looseObject({ taskArn: z.string() })) }).parse(run);
    expect(tasks).toMatchObject([{ lastStatus: "PROVISIONING", taskDefinitionArn: "arn:one:1" }]);
    const arns = tasks.map(({ taskArn }) => taskArn);
    const seen: unknown = await (await aws.json("ecs", "DescribeTasks", { cluster: "c", tasks: arns })).json();
    expect(seen).toMatchObject({
      tasks: [{ taskArn: arns[0], lastStatus: "STOPPED", containers: [{ name: "migrate", exitCode: 0 }] }],
    });
  });

  it("of load balancing make a load balancer active at once, and remember the rule for PrivateLink", async () => {
    const balancer =
      "<member><LoadBalancerArn>arn:lb</LoadBalancerArn><State><Code>provisioning</Code></State></member>";
    const answerOf = (operation: string, content: string) => {
      aws.answer = {
        type: "text/xml",
        body: `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`,
      };
      return operation;
    };
    await aws.form("elasticloadbalancing", {
      Action: answerOf("SetSecurityGroups", ""),
      LoadBalancerArn: "arn:lb",
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
    });
    const response = await aws.form("elasticloadbalancing", {
      Action: answerOf("DescribeLoadBalancers", `<LoadBalancers>${balancer}</LoadBalancers>`),
    });
    const text = await response.text();
    expect(text).toContain("<Code>active</Code>");
    expect(text).toContain(
      "<EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic>off</EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic>",
    );
  });

  it("of Application Auto Scaling keep tags, which Terraform waits for without end", async () => {
    aws.answer = { body: JSON.stringify({ ScalableTargetARN: "arn:target" }) };
    await aws.json("application-autoscaling", "RegisterScalableTarget", { Tags: { stage: "dev01" } });
    aws.answer = { status: 500, body: "broken" };
    const response = await aws.json("application-autoscaling", "ListTagsForResource", { ResourceARN: "arn:target" });
    expect(await response.json()).toEqual({ Tags: { stage: "dev01" } });
  });
});
