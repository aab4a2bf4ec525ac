import { CreateFlowLogsCommand, DescribeImagesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateDBInstanceCommand, ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateScheduleCommand, CreateScheduleGroupCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createVpc } from "./network";
import { roleFor } from "./roles";

const account = "111122223333";

describe("a role that a service assumes", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());
  const ec2 = () => new EC2Client(aws.client());
  let count = 0;
  const role = (principal: string, conditions?: object) => roleFor(iam(), `own-${++count}`, principal, conditions);

  const schedule = (RoleArn: string, GroupName?: string) => {
    const Target = { Arn: `arn:aws:sqs:us-east-1:${account}:orders`, RoleArn };
    const when = { ScheduleExpression: "rate(1 hour)", FlexibleTimeWindow: { Mode: "OFF" as const } };
    const input = { Name: `own-${++count}`, GroupName, Target, ...when };
    return refusal(new SchedulerClient(aws.client()).send(new CreateScheduleCommand(input)));
  };
  const forScheduler = (conditions: object) => role("scheduler.amazonaws.com", conditions);

  it("must trust the service for the account of the call [schedule-role-trust]", async () => {
    const own = await forScheduler({ StringEquals: { "aws:SourceAccount": account } });
    const other = await forScheduler({ StringEquals: { "aws:SourceAccount": "444455556666" } });
    expect(await schedule(own)).toBe("");
    expect(await schedule(other)).toBe("ValidationException");
  });

  it("must trust the service for the resource of the call [schedule-role-trust]", async () => {
    await new SchedulerClient(aws.client()).send(new CreateScheduleGroupCommand({ Name: "reports" }));
    const arn = (resource: string) => `arn:aws:scheduler:us-east-1:${account}:${resource}`;
    const group = await forScheduler({ ArnLike: { "aws:SourceArn": arn("schedule-group/reports") } });
    const one = await forScheduler({ ArnLike: { "aws:SourceArn": arn("schedule/reports/*") } });
    expect(await schedule(group, "reports")).toBe("");
    expect(await schedule(group)).toBe("ValidationException");
    expect(await schedule(one, "reports")).toBe("ValidationException");
  });

  it("must not deny the service [schedule-role-trust]", async () => {
    const statement = { Principal: { Service: "scheduler.amazonaws.com" }, Action: "sts:AssumeRole" };
    const Statement = [
      { Effect: "Allow", ...statement },
      { Effect: "Deny", ...statement },
    ];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const input = { RoleName: "denying", AssumeRolePolicyDocument };
    const { Role } = await iam().send(new CreateRoleCommand(input));
    expect(await schedule(Role?.Arn ?? "")).toBe("ValidationException");
  });

  it("must trust flow logs [flow-log-role-trust]", async () => {
    const vpc = await createVpc(ec2());
    const create = (DeliverLogsPermissionArn: string) => {
      const target = { LogGroupName: "flow-logs", DeliverLogsPermissionArn };
      const what = { ResourceIds: [vpc], ResourceType: "VPC" as const, TrafficType: "ALL" as const };
      return refusal(ec2().send(new CreateFlowLogsCommand({ ...what, ...target })));
    };
    const ofAccount = { StringEquals: { "aws:SourceAccount": account } };
    expect(await create(`arn:aws:iam::${account}:role/missing`)).toBe("InvalidParameter");
    expect(await create(await role("scheduler.amazonaws.com"))).toBe("InvalidParameter");
    expect(await create(await role("vpc-flow-logs.amazonaws.com", ofAccount))).toBe("");
  });

  it("must trust Enhanced Monitoring [db-monitoring-role-trust]", async () => {
    const rds = new RDSClient(aws.client());
    const database = { DBInstanceIdentifier: "own", DBInstanceClass: "db.t4g.micro", Engine: "postgres" };
    const settings = { AllocatedStorage: 20, MasterUsername: "master", MasterUserPassword: "password-1" };
    const create = (MonitoringRoleArn: string) => {
      const monitoring = { MonitoringInterval: 60, MonitoringRoleArn };
      return refusal(rds.send(new CreateDBInstanceCommand({ ...database, ...settings, ...monitoring })));
    };
    const wrong = await role("rds.amazonaws.com");
    const condition = { ArnEquals: { "aws:SourceArn": `arn:aws:rds:us-east-1:${account}:db:own` } };
    expect(await create(wrong)).toBe("InvalidParameterValue");
    expect(await create(await role("monitoring.rds.amazonaws.com", condition))).toBe("");
    const change = { DBInstanceIdentifier: "own", MonitoringInterval: 30, MonitoringRoleArn: wrong };
    expect(await refusal(rds.send(new ModifyDBInstanceCommand(change)))).toBe("InvalidParameterValue");
  });

  it("must be in the instance profile of an instance [instance-profile-invalid]", async () => {
    const { Images = [] } = await ec2().send(new DescribeImagesCommand({ Owners: ["amazon"] }));
    const run = (IamInstanceProfile: { Name?: string; Arn?: string }) => {
      const input = { ImageId: Images[0]?.ImageId, InstanceType: "t4g.nano" as const, MinCount: 1, MaxCount: 1 };
      return refusal(ec2().send(new RunInstancesCommand({ ...input, IamInstanceProfile })));
    };
    expect(await run({ Name: "bastion" })).toBe("InvalidParameterValue");
    const profile = { InstanceProfileName: "bastion" };
    const { InstanceProfile } = await iam().send(new CreateInstanceProfileCommand(profile));
    expect(await run({ Name: "bastion" })).toBe("InvalidParameterValue");
    await role("ec2.amazonaws.com");
    await iam().send(new AddRoleToInstanceProfileCommand({ ...profile, RoleName: `own-${count}` }));
    expect(await run({ Name: "bastion" })).toBe("");
    expect(await run({ Arn: InstanceProfile?.Arn })).toBe("");
    expect(await run({ Arn: `${InstanceProfile?.Arn}-2` })).toBe("InvalidParameterValue");
  });
});
