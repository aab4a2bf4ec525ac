import { setTimeout as sleep } from "node:timers/promises";
import { APIGatewayClient, UpdateAccountCommand } from "@aws-sdk/client-api-gateway";
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
} from "@aws-sdk/client-backup";
import { CreateFlowLogsCommand, DescribeImagesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc } from "./network";
import { permit, roleFor } from "./roles";

const account = "111122223333";
const delaySeconds = 2;
const queue = `arn:aws:sqs:us-east-1:${account}:orders`;

describe("a new role", () => {
  const aws = emulatorForSuite({ time: { roleDelaySeconds: delaySeconds } });
  const iam = () => new IAMClient(aws.client());
  const ec2 = () => new EC2Client(aws.client());
  const takesEffect = () => sleep(delaySeconds * 1000);

  /** The error codes of a call before and after the role takes effect; "" when it succeeds. */
  const beforeAndAfter = async (call: () => Promise<unknown>): Promise<[string, string]> => {
    const before = await refusal(call());
    await takesEffect();
    return [before, await refusal(call())];
  };

  it("cannot be assumed at first by EventBridge Scheduler [schedule-role-trust]", async () => {
    const RoleArn = await roleFor(iam(), "scheduler", "scheduler.amazonaws.com");
    const when = { ScheduleExpression: "rate(1 hour)", FlexibleTimeWindow: { Mode: "OFF" as const } };
    const input = { Name: "own", Target: { Arn: queue, RoleArn }, ...when };
    const create = () => new SchedulerClient(aws.client()).send(new CreateScheduleCommand(input));
    expect(await beforeAndAfter(create)).toEqual(["ValidationException", ""]);
  });

  it("cannot be assumed at first by flow logs [flow-log-role-trust]", async () => {
    const vpc = await createVpc(ec2());
    const DeliverLogsPermissionArn = await roleFor(iam(), "flow-logs", "vpc-flow-logs.amazonaws.com");
    const what = { ResourceIds: [vpc], ResourceType: "VPC" as const, TrafficType: "ALL" as const };
    const input = { ...what, LogGroupName: "flow-logs", DeliverLogsPermissionArn };
    const create = () => ec2().send(new CreateFlowLogsCommand(input));
    expect(await beforeAndAfter(create)).toEqual(["InvalidParameter", ""]);
  });

  it("cannot be assumed at first by AWS Backup [backup-role-not-trusting]", async () => {
    const backup = new BackupClient(aws.client());
    await backup.send(new CreateBackupVaultCommand({ BackupVaultName: "own" }));
    const rule = { RuleName: "daily", TargetBackupVaultName: "own", ScheduleExpression: "cron(0 5 * * ? *)" };
    const BackupPlan = { BackupPlanName: "own", Rules: [rule] };
    const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan }));
    const IamRoleArn = await roleFor(iam(), "backup", "backup.amazonaws.com");
    const BackupSelection = { SelectionName: "own", IamRoleArn, Resources: ["*"] };
    const create = () => backup.send(new CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
    expect(await beforeAndAfter(create)).toEqual(["InvalidParameterValueException", ""]);
  });

  it("cannot write logs of API Gateway until its policy takes effect, too [logging-role-permissions]", async () => {
    const value = await roleFor(iam(), "logs", "apigateway.amazonaws.com");
    const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value }];
    const set = () => new APIGatewayClient(aws.client()).send(new UpdateAccountCommand({ patchOperations }));
    expect(await beforeAndAfter(set)).toEqual(["BadRequestException", "BadRequestException"]);
    await permit(iam(), "logs", "logs:*");
    expect(await beforeAndAfter(set)).toEqual(["BadRequestException", ""]);
  });

  it("cannot be used by an instance at first [instance-profile-invalid]", async () => {
    const { Images = [] } = await ec2().send(new DescribeImagesCommand({ Owners: ["amazon"] }));
    await roleFor(iam(), "bastion", "ec2.amazonaws.com");
    await takesEffect();
    const profile = { InstanceProfileName: "bastion" };
    await iam().send(new CreateInstanceProfileCommand(profile));
    await iam().send(new AddRoleToInstanceProfileCommand({ ...profile, RoleName: "bastion" }));
    const input = { ImageId: Images[0]?.ImageId, InstanceType: "t4g.nano" as const, MinCount: 1, MaxCount: 1 };
    const run = () => ec2().send(new RunInstancesCommand({ ...input, IamInstanceProfile: { Name: "bastion" } }));
    expect(await beforeAndAfter(run)).toEqual(["InvalidParameterValue", ""]);
  });

  it("cannot be assumed at first by a single task, and is taken for a service, whose tasks start later [task-role-trust]", async () => {
    const ecs = new ECSClient(aws.client());
    await ecs.send(new CreateClusterCommand({ clusterName: "own" }));
    const executionRoleArn = await roleFor(iam(), "execution", "ecs-tasks.amazonaws.com");
    const containerDefinitions = [{ name: "web", image: "web:1" }];
    const size = {
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc" as const,
      requiresCompatibilities: ["FARGATE" as const],
    };
    const task = { family: "own", ...size, containerDefinitions, executionRoleArn };
    const definition = await ecs.send(new RegisterTaskDefinitionCommand(task));
    const subnets = [await createSubnet(ec2(), await createVpc(ec2()), 1, "us-east-1a")];
    const start = {
      cluster: "own",
      taskDefinition: definition.taskDefinition?.taskDefinitionArn,
      launchType: "FARGATE" as const,
      networkConfiguration: { awsvpcConfiguration: { subnets } },
    };
    const run = () => refusal(ecs.send(new RunTaskCommand(start)));
    const service = new CreateServiceCommand({ ...start, serviceName: "own", desiredCount: 1 });
    expect([await run(), await refusal(ecs.send(service))]).toEqual(["ClientException", ""]);
    await takesEffect();
    expect(await run()).toBe("");
  });

  it("cannot be named at first in the policy of another resource", async () => {
    const role = await roleFor(iam(), "reader", "ecs-tasks.amazonaws.com");
    const allow = (AWS: string) => ({ Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" });
    const Statement = [allow(`arn:aws:iam::${account}:root`), allow(role)];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    const create = () => new KMSClient(aws.client()).send(new CreateKeyCommand({ Policy }));
    expect(await beforeAndAfter(create)).toEqual(["MalformedPolicyDocumentException", ""]);
  });

  it("cannot be assumed at first, and gains and loses permissions later than its policy", async () => {
    const statement = { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await iam().send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument }));
    const assume = () => {
      const input = { RoleArn: `arn:aws:iam::${account}:role/deploy`, RoleSessionName: "job" };
      return new STSClient(aws.client()).send(new AssumeRoleCommand(input));
    };
    expect(await beforeAndAfter(assume)).toEqual(["AccessDenied", ""]);
    const { Credentials } = await assume();
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    const list = () => new ECSClient({ ...aws.client(), credentials }).send(new ListClustersCommand({}));
    await permit(iam(), "deploy", "ecs:ListClusters");
    expect(await beforeAndAfter(list)).toEqual(["AccessDeniedException", ""]);
    await iam().send(new DeleteRolePolicyCommand({ RoleName: "deploy", PolicyName: "own" }));
    expect(await beforeAndAfter(list)).toEqual(["", "AccessDeniedException"]);
  });
});
