import { isCronExpression } from "../documents/events/schedule-expression";
import { object, objects, text } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "backup";
const reference = "https://docs.aws.amazon.com/aws-backup/latest/devguide";

/** Rules of AWS Backup between vaults, plans and selections. */
export function backup(): RuleSet {
  return {
    rules: [
      {
        name: "backup-vault-with-recovery-points",
        service,
        operations: ["DeleteBackupVault"],
        code: "InvalidRequestException",
        rule: "A backup vault cannot be deleted while it has recovery points.",
        source: `${reference}/API_DeleteBackupVault.html`,
        refuse: async ({ input, ask }) => {
          const { BackupVaultName } = input;
          const { RecoveryPoints } = await ask("ListRecoveryPointsByBackupVault", { BackupVaultName });
          return objects(RecoveryPoints).length > 0
            ? "Backup vault cannot be deleted because it contains recovery points."
            : undefined;
        },
      },
      {
        name: "backup-plan-with-selections",
        service,
        operations: ["DeleteBackupPlan"],
        code: "InvalidRequestException",
        rule: "A backup plan cannot be deleted while it has selections.",
        source: `${reference}/API_DeleteBackupPlan.html`,
        refuse: async ({ input, ask }) => {
          const { BackupSelectionsList } = await ask("ListBackupSelections", { BackupPlanId: input.BackupPlanId });
          return objects(BackupSelectionsList).length > 0
            ? "Related backup plan selections must be deleted prior to backup plan deletion"
            : undefined;
        },
      },
      {
        name: "backup-vault-not-found",
        service,
        operations: ["CreateBackupPlan", "UpdateBackupPlan", "StartBackupJob"],
        code: "ResourceNotFoundException",
        rule: "The vault of a backup rule or backup job must exist.",
        source: `${reference}/API_CreateBackupPlan.html`,
        refuse: async ({ input, ask }) => {
          const rules = objects(object(input.BackupPlan).Rules).map(
            ({ TargetBackupVaultName }) => TargetBackupVaultName,
          );
          const wanted = [...rules, input.BackupVaultName].map(text).filter((name) => name !== "");
          for (const BackupVaultName of new Set(wanted)) {
            const vault = await ask("DescribeBackupVault", { BackupVaultName });
            if (text(vault.BackupVaultName) === "") return `Backup vault ${BackupVaultName} not found`;
          }
          return undefined;
        },
      },
      {
        name: "backup-schedule",
        service,
        operations: ["CreateBackupPlan", "UpdateBackupPlan"],
        code: "InvalidParameterValueException",
        rule: "A backup plan has rules, and their cron expressions are AWS's.",
        source: `${reference}/API_BackupRuleInput.html`,
        refuse: ({ input }) => {
          const rules = objects(object(input.BackupPlan).Rules);
          if (rules.length === 0) return "Backup plan must have at least one rule.";
          const wrong = rules
            .map(({ ScheduleExpression }) => text(ScheduleExpression))
            .find((expression) => expression.startsWith("cron(") && !isCronExpression(expression));
          return wrong && `Invalid schedule expression: ${wrong}`;
        },
      },
      {
        name: "backup-plan-not-found",
        service,
        operations: ["CreateBackupSelection"],
        code: "ResourceNotFoundException",
        rule: "The plan of a selection must exist.",
        source: `${reference}/API_CreateBackupSelection.html`,
        refuse: async ({ input, ask }) => {
          const plan = await ask("GetBackupPlan", { BackupPlanId: input.BackupPlanId });
          return text(plan.BackupPlanId) === "" ? "Cannot find Backup plan" : undefined;
        },
      },
      {
        name: "backup-selection-exists",
        service,
        operations: ["CreateBackupSelection"],
        code: "AlreadyExistsException",
        rule: "The name of a selection is unique in its plan.",
        source: `${reference}/API_CreateBackupSelection.html`,
        refuse: async ({ input, ask }) => {
          const { SelectionName } = object(input.BackupSelection);
          const { BackupSelectionsList } = await ask("ListBackupSelections", { BackupPlanId: input.BackupPlanId });
          return objects(BackupSelectionsList).some((each) => each.SelectionName === SelectionName)
            ? "Backup selection with the same name already exists"
            : undefined;
        },
      },
      {
        name: "backup-role-not-trusting",
        service,
        operations: ["CreateBackupSelection", "StartBackupJob"],
        code: "InvalidParameterValueException",
        rule: "The role of a selection or backup job exists and trusts AWS Backup.",
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
        refuse: async (call) => {
          const arn = text(object(call.input.BackupSelection).IamRoleArn) || text(call.input.IamRoleArn);
          return (await trustsService(call, arn, "backup.amazonaws.com", { source: "*" }))
            ? undefined
            : `IAM Role ${arn} cannot be assumed by AWS Backup`;
        },
      },
      {
        name: "backup-cold-storage",
        service,
        operations: ["CreateBackupPlan", "UpdateBackupPlan"],
        code: "InvalidParameterValueException",
        rule: "A backup that moves to cold storage is deleted 90 days later at the earliest.",
        source: `${reference}/API_Lifecycle.html`,
        refuse: ({ input }) => {
          const wrong = objects(object(input.BackupPlan).Rules).find(({ Lifecycle }) => {
            const { MoveToColdStorageAfterDays: cold, DeleteAfterDays: end } = object(Lifecycle);
            // -1 means never.
            return typeof cold === "number" && typeof end === "number" && cold >= 0 && end >= 0 && end < cold + 90;
          });
          return wrong && "DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays";
        },
      },
    ],
  };
}
