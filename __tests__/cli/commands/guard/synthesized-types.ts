import { App } from "cdktf";
import { stageSchema } from "../../../../schema/stage";
import { typesOf } from "../../../../stacks/account/types-of";
import { AccountStack } from "../../../../stacks/account-stack";
import { StageStack } from "../../../../stacks/stage-stack";
import { fixtureAccounts, fixtureStages } from "../../../fixtures/config";
import { connectedStages } from "../../../fixtures/connected-stages";
import { minimalService, stageWith } from "../../../fixtures/stage";
import { featureStages } from "../../../policy/feature-stages";
import { publicStage } from "../../../policy/synthesized-stages";

/** A stage with what the others lack: a cache with replicas, backups, and cost. */
const remaining = stageWith({
  data: {
    postgres: { kind: "instance", proxy: {}, keep: true },
    redis: { kind: "replication-group", keep: true },
    backup: { rules: { daily: { schedule: "cron(0 1 * * ? *)" } }, vaultLock: { minimumRetentionDays: 7 } },
  },
  bastion: { access: "ssm" },
  services: { orders: minimalService },
  monitoring: {
    alarms: { email: ["on-call@example.com"], chat: "slack", anomalies: {} },
    budget: { monthlyUsd: 500, email: ["team@example.com"] },
  },
});

/** The types of all resources in the stacks of the fixtures. */
export function synthesizedTypes(): readonly string[] {
  const stages = [
    ...fixtureStages(),
    ...Object.values(featureStages),
    ...Object.values(connectedStages).map((stage) => stageSchema.parse(stage)),
    publicStage,
    remaining,
  ];
  const typed = stages.map((stage) => ({ stage, types: typesOf(new StageStack(new App(), stage)) }));
  const accounts = fixtureAccounts().map((account) => typesOf(new AccountStack(new App(), account, typed)));
  const types = [...typed.map((each) => each.types), ...accounts].flat();
  return [...new Set(types.filter((type) => !type.startsWith("data.")))].toSorted();
}
