import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupSelectionCommand,
  CreateBackupVaultCommand,
  DeleteBackupPlanCommand,
  DeleteBackupSelectionCommand,
  DeleteBackupVaultCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupJobCommand,
  StartBackupJobCommand,
} from "@aws-sdk/client-backup";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("AWS Backup", () => {
  const aws = emulatorForSuite();
  const backup = () => new BackupClient(aws.client());
  let count = 0;
  const name = (): string => `own-${++count}`;
  const createVault = async (BackupVaultName = name()): Promise<string> => {
    await backup().send(new CreateBackupVaultCommand({ BackupVaultName }));
    return BackupVaultName;
  };
  const createPlan = async (
    TargetBackupVaultName: string,
    Lifecycle?: object,
    ScheduleExpression = "cron(0 5 * * ? *)",
  ): Promise<string> => {
    const rule = { RuleName: "daily", TargetBackupVaultName, ScheduleExpression, Lifecycle };
    const BackupPlan = { BackupPlanName: name(), Rules: [rule] };
    return (await backup().send(new CreateBackupPlanCommand({ BackupPlan }))).BackupPlanId ?? "";
  };
  const createRole = async (Service = "backup.amazonaws.com"): Promise<string> => {
    const statement = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const role = { RoleName: name(), AssumeRolePolicyDocument };
    return (await new IAMClient(aws.client()).send(new CreateRoleCommand(role))).Role?.Arn ?? "";
  };
  const select = async (BackupPlanId: string, IamRoleArn: string, SelectionName = name()): Promise<string> => {
    const BackupSelection = { SelectionName, IamRoleArn, Resources: ["*"] };
    const input = { BackupPlanId, BackupSelection };
    return (await backup().send(new CreateBackupSelectionCommand(input))).SelectionId ?? "";
  };
  const start = async (BackupVaultName: string, IamRoleArn: string) => {
    const ResourceArn = "arn:aws:rds:us-east-1:111122223333:db:own";
    return backup().send(new StartBackupJobCommand({ BackupVaultName, ResourceArn, IamRoleArn }));
  };
  const deletePlan = (BackupPlanId: string) => backup().send(new DeleteBackupPlanCommand({ BackupPlanId }));

  it("refuses schedules that are not AWS's, and plans without rules [backup-schedule]", async () => {
    const vault = await createVault();
    expect(await refusal(createPlan(vault, undefined, "cron(0 5 * * * *)"))).toBe("InvalidParameterValueException");
    const BackupPlan = { BackupPlanName: name(), Rules: [] };
    const empty = backup().send(new CreateBackupPlanCommand({ BackupPlan }));
    expect(await refusal(empty)).toBe("InvalidParameterValueException");
    expect(await refusal(createPlan(vault, undefined, "cron(0 5 ? * SUN *)"))).toBe("");
  });

  it("refuses a second vault with a name [backup-vault-exists]", async () => {
    const vault = await createVault();
    expect(await refusal(createVault(vault))).toBe("AlreadyExistsException");
    await backup().send(new DeleteBackupVaultCommand({ BackupVaultName: vault }));
    expect(await refusal(createVault(vault))).toBe("");
  });

  it("refuses to delete a vault with recovery points [backup-vault-with-recovery-points]", async () => {
    const BackupVaultName = await createVault();
    const { RecoveryPointArn, BackupJobId } = await start(BackupVaultName, await createRole());
    expect(await backup().send(new DescribeBackupJobCommand({ BackupJobId }))).toMatchObject({ State: "COMPLETED" });
    const end = () => backup().send(new DeleteBackupVaultCommand({ BackupVaultName }));
    expect(await refusal(end())).toBe("InvalidRequestException");
    await backup().send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }));
    expect(await refusal(end())).toBe("");
  });

  it("refuses to delete a plan with selections [backup-plan-with-selections]", async () => {
    const BackupPlanId = await createPlan(await createVault());
    const SelectionId = await select(BackupPlanId, await createRole());
    expect(await refusal(deletePlan(BackupPlanId))).toBe("InvalidRequestException");
    await backup().send(new DeleteBackupSelectionCommand({ BackupPlanId, SelectionId }));
    expect(await refusal(deletePlan(BackupPlanId))).toBe("");
  });

  it("refuses a vault that does not exist [backup-vault-not-found]", async () => {
    expect(await refusal(createPlan("unknown"))).toBe("ResourceNotFoundException");
    expect(await refusal(start("unknown", await createRole()))).toBe("ResourceNotFoundException");
    expect(await refusal(createPlan(await createVault()))).toBe("");
  });

  it("refuses a selection of a plan that does not exist [backup-plan-not-found]", async () => {
    expect(await refusal(select("unknown", await createRole()))).toBe("ResourceNotFoundException");
  });

  it("refuses a second selection with a name in a plan [backup-selection-exists]", async () => {
    const role = await createRole();
    const plan = await createPlan(await createVault());
    await select(plan, role, "databases");
    expect(await refusal(select(plan, role, "databases"))).toBe("AlreadyExistsException");
    expect(await refusal(select(await createPlan(await createVault()), role, "databases"))).toBe("");
  });

  it("refuses a role that does not trust AWS Backup [backup-role-not-trusting]", async () => {
    const plan = await createPlan(await createVault());
    expect(await refusal(select(plan, await createRole("ecs.amazonaws.com")))).toBe("InvalidParameterValueException");
    const unknown = "arn:aws:iam::111122223333:role/unknown";
    expect(await refusal(select(plan, unknown))).toBe("InvalidParameterValueException");
    expect(await refusal(select(plan, await createRole()))).toBe("");
  });

  it("refuses a deletion less than 90 days after the move to cold storage [backup-cold-storage]", async () => {
    const vault = await createVault();
    const keep = (DeleteAfterDays: number) => createPlan(vault, { MoveToColdStorageAfterDays: 30, DeleteAfterDays });
    expect(await refusal(keep(119))).toBe("InvalidParameterValueException");
    expect(await refusal(keep(120))).toBe("");
  });
});
