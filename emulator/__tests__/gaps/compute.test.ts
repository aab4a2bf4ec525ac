import { z } from "zod";
import { fakeAwsForEachTest, xml, type FakeReply } from "../fake-aws";

const taskList = z.object({ tasks: z.array(z.looseObject({ taskArn: z.string() })) });

describe("the gaps of compute services", () => {
  const aws = fakeAwsForEachTest();

  describe("ECS", () => {
    const service = { serviceArn: "arn:service", desiredCount: 2, launchType: "EC2", deployments: [{ id: "one" }] };
    const describeServices = (region?: string): Promise<unknown> => {
      aws.reply = { body: JSON.stringify({ services: [service] }) };
      return aws.json("ecs", "DescribeServices", {}, region);
    };

    it("returns the settings with which a service was created, and its tasks as running", async () => {
      aws.reply = { body: JSON.stringify({ service }) };
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

    it("keeps the settings that an update does not name", async () => {
      aws.reply = { body: JSON.stringify({ service }) };
      await aws.json("ecs", "CreateService", { healthCheckGracePeriodSeconds: 60 });
      await aws.json("ecs", "UpdateService", { availabilityZoneRebalancing: "ENABLED" });
      expect(await describeServices()).toMatchObject({
        services: [{ healthCheckGracePeriodSeconds: 60, availabilityZoneRebalancing: "ENABLED" }],
      });
    });

    it("keeps settings separate for each region, and deletes them at a reset", async () => {
      aws.reply = { body: JSON.stringify({ service }) };
      await aws.json("ecs", "CreateService", { healthCheckGracePeriodSeconds: 60 });
      expect(await describeServices("eu-west-1")).not.toHaveProperty("services.0.healthCheckGracePeriodSeconds");
      expect(await describeServices()).toHaveProperty("services.0.healthCheckGracePeriodSeconds");
      await aws.call("s3", "/moto-api/reset", { method: "POST" });
      expect(await describeServices()).not.toHaveProperty("services.0.healthCheckGracePeriodSeconds");
    });

    it("does not list a deleted service", async () => {
      aws.reply = { body: JSON.stringify({ service: { serviceArn: "b", status: "INACTIVE" } }) };
      await aws.json("ecs", "DeleteService", { cluster: "c", service: "b" });
      aws.reply = { body: JSON.stringify({ serviceArns: ["a", "b"] }) };
      expect(await aws.json("ecs", "ListServices", { cluster: "c" })).toEqual({ serviceArns: ["a"] });
    });

    it("does not list a deleted cluster until it is created again", async () => {
      const list = () => {
        aws.reply = { body: JSON.stringify({ clusterArns: ["arn:a", "arn:b"] }) };
        return aws.json("ecs", "ListClusters", {});
      };
      const change = (operation: string) => {
        aws.reply = { body: JSON.stringify({ cluster: { clusterArn: "arn:b" } }) };
        return aws.json("ecs", operation, {});
      };
      await change("DeleteCluster");
      expect(await list()).toEqual({ clusterArns: ["arn:a"] });
      await change("CreateCluster");
      expect(await list()).toEqual({ clusterArns: ["arn:a", "arn:b"] });
    });

    it("stops a standalone task at once with exit code 0", async () => {
      const definition = { taskDefinitionArn: "arn:one:1", family: "one", containerDefinitions: [{ name: "migrate" }] };
      aws.reply = { body: JSON.stringify({ taskDefinition: definition }) };
      const { tasks } = taskList.parse(await aws.json("ecs", "RunTask", { cluster: "c", taskDefinition: "one" }));
      expect(tasks).toMatchObject([{ lastStatus: "PROVISIONING", taskDefinitionArn: "arn:one:1" }]);
      const arns = tasks.map(({ taskArn }) => taskArn);
      expect(await aws.json("ecs", "DescribeTasks", { cluster: "c", tasks: arns })).toMatchObject({
        tasks: [{ taskArn: arns[0], lastStatus: "STOPPED", containers: [{ name: "migrate", exitCode: 0 }] }],
      });
    });
  });

  describe("Elastic Load Balancing", () => {
    const replyTo = (operation: string, content: string): FakeReply =>
      xml(`<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`);

    it("returns a load balancer as active, and whether its security groups apply to PrivateLink traffic", async () => {
      aws.reply = replyTo("SetSecurityGroups", "");
      await aws.query("elasticloadbalancing", {
        Action: "SetSecurityGroups",
        LoadBalancerArn: "arn:lb",
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      });
      const loadBalancer =
        "<member><LoadBalancerArn>arn:lb</LoadBalancerArn><State><Code>provisioning</Code></State></member>";
      aws.reply = replyTo("DescribeLoadBalancers", `<LoadBalancers>${loadBalancer}</LoadBalancers>`);
      const described = await aws.query("elasticloadbalancing", { Action: "DescribeLoadBalancers" });
      expect(described).toContain("<Code>active</Code>");
      expect(described).toContain(
        "<EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic>off</EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic>",
      );
    });
  });

  describe("Application Auto Scaling", () => {
    it("returns the tags of a scalable target", async () => {
      aws.reply = { body: JSON.stringify({ ScalableTargetARN: "arn:target" }) };
      await aws.json("application-autoscaling", "RegisterScalableTarget", { Tags: { stage: "dev01" } });
      aws.reply = { status: 500, body: "broken" };
      const tags = await aws.json("application-autoscaling", "ListTagsForResource", { ResourceARN: "arn:target" });
      expect(tags).toEqual({ Tags: { stage: "dev01" } });
    });
  });

  describe("Cloud Map", () => {
    it("deletes the hosted zone of a namespace with the namespace", async () => {
      const zone = { Properties: { DnsProperties: { HostedZoneId: "/hostedzone/Z1" } } };
      aws.reply = { body: JSON.stringify({ Namespace: zone }) };
      await aws.json("servicediscovery", "DeleteNamespace", { Id: "ns-1" });
      expect(aws.received.at(-1)).toMatchObject({ method: "DELETE", url: "/2013-04-01/hostedzone/Z1" });
      expect(aws.received.at(-1)?.headers.authorization).toContain("/route53/aws4_request");
    });
  });

  describe("EFS", () => {
    const path = "/2015-02-01/file-systems/fs-1/backup-policy";

    it("returns the backup policy of a file system, or PolicyNotFound", async () => {
      expect(await aws.rest("elasticfilesystem", "GET", path)).toMatchObject({ __type: "PolicyNotFound" });
      const policy = { BackupPolicy: { Status: "ENABLED" } };
      await aws.rest("elasticfilesystem", "PUT", path, policy);
      expect(await aws.rest("elasticfilesystem", "GET", path)).toEqual(policy);
      expect(aws.received).toEqual([]);
    });
  });
});
