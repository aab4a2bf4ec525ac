import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, type TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands } from "./deployment";
import { containerPort } from "./network";

describe("the health of tasks", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  const targets = async (TargetGroupArn: string): Promise<readonly TargetHealthDescription[]> =>
    (await deployment.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions ?? [];
  const deployed = async (name: string, HealthCheckPath: string, image?: string): Promise<string> => {
    const arn = await deployment.targetGroup(name, { HealthCheckPath, Matcher: { HttpCode: "200-299" } });
    await deployment.balancer(name, [{ Type: "forward", TargetGroupArn: arn }]);
    await deployment.service(arn, await deployment.taskDefinition(image === undefined ? {} : { image }));
    return arn;
  };

  it("is healthy when the process answers the health check with an expected code", async () => {
    const [target] = await targets(await deployed("well", "/status/204"));
    expect(target).toMatchObject({ Target: { Port: 8080 }, TargetHealth: { State: "healthy" } });
    expect(target?.Target?.Id).toMatch(/^172\.31\./);
  });

  it("is unhealthy with the code that the process answers, when that is not expected", async () => {
    const [target] = await targets(await deployed("ill", "/status/500"));
    expect(target?.TargetHealth).toEqual({
      State: "unhealthy",
      Reason: "Target.ResponseCodeMismatch",
      Description: "Health checks failed with these codes: [500]",
    });
  });

  it("times out while the security group of the task is closed to the load balancer", async () => {
    const arn = await deployed("closed", "/status/200");
    expect((await targets(arn))[0]?.TargetHealth?.State).toBe("healthy");
    const ec2 = new EC2Client(aws.client());
    const { serviceGroup: GroupId, balancerGroup } = await deployment.network;
    const UserIdGroupPairs = [{ GroupId: balancerGroup }];
    const rule = { IpProtocol: "tcp", FromPort: containerPort, ToPort: containerPort, UserIdGroupPairs };
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
    expect((await targets(arn))[0]?.TargetHealth).toEqual({
      State: "unhealthy",
      Reason: "Target.Timeout",
      Description: "Request timed out",
    });
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
    expect((await targets(arn))[0]?.TargetHealth?.State).toBe("healthy");
  });

  it("is one target for each of the desired tasks", async () => {
    const arn = await deployed("several", "/status/200");
    await deployment.ecs.send(new UpdateServiceCommand({ cluster: "main", service: "echo-3", desiredCount: 3 }));
    const found = await targets(arn);
    expect(new Set(found.map(({ Target }) => Target?.Id)).size).toBe(3);
  });

  it("has no targets for images without a command", async () => {
    expect(await targets(await deployed("other", "/", "shop/other:1"))).toEqual([]);
  });

  it("shows in the log group of the container what the process printed before it ended", async () => {
    const logs = new CloudWatchLogsClient(aws.client());
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/shop/echo" }));
    const arn = await deployment.targetGroup("logged");
    await deployment.balancer("logged", [{ Type: "forward", TargetGroupArn: arn }]);
    const options = {
      "awslogs-group": "/shop/echo",
      "awslogs-region": "us-east-1",
      "awslogs-stream-prefix": "task",
    };
    const logConfiguration = { logDriver: "awslogs" as const, options };
    const environment = [{ name: "FAILS_AT_START", value: "1" }];
    await deployment.service(
      arn,
      await deployment.taskDefinition({ logConfiguration, environment }, await deployment.taskRole()),
    );
    expect((await targets(arn))[0]?.TargetHealth?.State).toBe("unhealthy");
    await sleep(500);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: "/shop/echo" }));
    // Each start of the task is one line.
    expect(new Set(events?.map(({ message }) => message))).toEqual(new Set(["no database"]));
    expect(events?.[0]?.logStreamName).toMatch(/^task\/web\/[0-9a-f]{32}$/);
  });
});
