import type { StageInput } from "../../../schema";
import { base, networkAt, web, type Content } from "./content";
import type { Walk } from "./walk";

type Monitoring = NonNullable<StageInput["monitoring"]>;

const budget = { monthlyUsd: 100, email: ["team@example.com"] };
const mail: Monitoring = { alarms: { email: ["one@example.com"] }, budget };
const table = { partitionKey: { name: "id", type: "string" } } as const;

const first: Content = {
  ...base,
  network: networkAt("10.83.0.0/16"),
  data: { tables: { users: table } },
  services: { orders: { ...web, uses: ["table:users"] } },
  monitoring: mail,
};
const composite = [/^aws_cloudwatch_composite_alarm\./];

/** The alarms, recipients and budget of a stage, and its retention of logs. */
export const monitoringWalk: Walk = {
  stage: "watched",
  first,
  variables: { TF_VAR_chat_webhook_url: "https://chat.example.com/hooks/secret" },
  steps: [
    {
      name: "monitoring: thresholds, recipients and the budget",
      content: {
        ...first,
        monitoring: {
          alarms: {
            email: ["two@example.com"],
            https: ["https://pager.example.com/sns"],
            services: { latencyMs: 1000, cpuPercent: 50 },
            api: { serverErrorPercent: 1 },
          },
          budget: { ...budget, monthlyUsd: 200, actualPercent: [50, 90] },
        },
      },
    },
    {
      name: "monitoring: a chat, a message for each alarm, a key for logs; the composite alarm loses a member",
      content: {
        ...first,
        containerInsights: "disabled",
        monitoring: {
          alarms: { chat: "slack", notifications: "each-alarm" },
          logs: { customerManagedKey: true },
          budget,
        },
      },
      replaced: composite,
      losses: ["aws_cloudwatch_log_group.compute_insights"],
    },
    {
      name: "monitoring: the whole section is removed",
      content: { ...first, monitoring: undefined },
      losses: ["aws_kms_key.monitoring_log_encryption", "aws_kms_key.monitoring_notifications"],
    },
    { name: "monitoring: the whole section is added again", content: first },
    {
      name: "everything: retention of logs",
      content: {
        ...first,
        network: { ...networkAt("10.83.0.0/16"), flowLogRetentionDays: 30 },
        services: { orders: { ...web, uses: ["table:users"], logRetentionDays: 90 } },
      },
    },
  ],
};

const guarded = (deletionProtection: boolean): Content => ({
  ...base,
  network: networkAt("10.84.0.0/16"),
  data: { tables: { users: { ...table, deletionProtection, keep: true } } },
  services: { orders: web },
});

/** A stage whose table is protected from deletion for a while. */
export const protectionWalk: Walk = {
  stage: "guarded",
  first: guarded(false),
  steps: [
    {
      name: "everything: deletion protection on, and then a refused destruction",
      content: guarded(true),
      expect: async ({ sandbox, stack }) => {
        const { exitCode, output } = await sandbox.tryTerraform(stack, ["destroy", "-auto-approve", "-input=false"]);
        expect(exitCode).toBe(1);
        expect(output).toMatch(/DeletionProtectionEnabled/);
      },
    },
  ],
  // What the refused destruction removed is created again, with other addresses.
  back: { outcome: "other-address" },
};
