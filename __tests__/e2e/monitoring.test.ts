import { z } from "zod";
import { allowDeletionOfProd } from "./prod";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { appliedResources, type Applied } from "./state";

const stack = "prod01-us-east-1";
const variables = { TF_VAR_chat_webhook_url: "https://chat.example.com/hooks/secret" };
const tags = ["app", "environment", "managed-by", "owner", "stage"];

const dimensions = z.record(z.string(), z.string()).nullish();
const alarm = z.object({
  alarm_name: z.string(),
  dimensions,
  metric_query: z.array(z.object({ metric: z.array(z.object({ dimensions })) })),
});

/** Values of dimensions that are not attributes of a resource: those of WAF, and operations of DynamoDB. */
const isWord = (value: string) =>
  /^(ALL|us-east-1|(Batch|Transact)?(Get|Write|Put|Update|Delete)Items?|Query|Scan)$/.test(value);

describe(`the monitoring of ${stack}, with every feature`, () => {
  let sandbox: Sandbox;
  let applied: readonly Applied[];
  const all = (type: string) => applied.filter((each) => each.type === type);

  beforeAll(async () => {
    sandbox = await Sandbox.start("prod");
    sandbox.edit(
      "config/prod/defaults.ts",
      'alarms: { email: ["on-call@example.com"] }',
      `alarms: {
        email: ["on-call@example.com"],
        https: ["https://pager.example.com/sns"],
        chat: "slack",
        api: { clientErrorPercent: 50 },
        anomalies: {},
      },
      logs: { customerManagedKey: true }`,
    );
    allowDeletionOfProd(sandbox);
    sandbox.edit(
      "config/prod/data.ts",
      "    logRetentionDays: 365,\n  },",
      "    logRetentionDays: 365,\n    proxy: {},\n  },",
    );
    await sandbox.synthesize();
    await sandbox.deploy(stack, variables);
    applied = await appliedResources(sandbox, stack);
  });
  afterAll(() => sandbox.stop());

  it("exists in AWS: alarms, composite alarms, subscriptions, rules, queries, filters, budget and dashboard", async () => {
    const inventory = await sandbox.emulator.inventory();
    const names = (type: string) => inventory.filter((each) => each.type === type).map(({ name }) => name);
    const stored = (type: string) => all(type).map(({ values }) => z.string().parse(values.alarm_name));
    expect(names("Alarm").sort()).toEqual(expect.arrayContaining(stored("aws_cloudwatch_metric_alarm")));
    expect(names("Composite alarm").sort()).toEqual(stored("aws_cloudwatch_composite_alarm").sort());
    expect(stored("aws_cloudwatch_metric_alarm").length).toBeGreaterThan(30);
    expect(stored("aws_cloudwatch_metric_alarm")).toContain("appname-postgres-freeable-memory-low-prod01");
    expect(stored("aws_cloudwatch_composite_alarm")).toHaveLength(4);
    expect(names("Subscription")).toHaveLength(2);
    expect(names("Event rule").length).toBeGreaterThan(2);
    expect(names("Saved query")).toHaveLength(8);
    expect(names("Metric filter")).toHaveLength(4);
    expect(names("Budget")).toHaveLength(1);
    expect(names("Cost anomaly subscription")).toHaveLength(1);
    expect(names("Dashboard")).toEqual(["appname-prod01-us-east-1"]);
  });

  it("has alarms whose dimensions are attributes of the stack's resources", () => {
    const others = applied.filter(({ type }) => !type.startsWith("aws_cloudwatch_metric_alarm"));
    const attributes = new Set(others.flatMap(({ values }) => Object.values(values).flat()));
    const alarmDimensions = all("aws_cloudwatch_metric_alarm").flatMap(({ values }) => {
      const { alarm_name: name, dimensions: own, metric_query: queries } = alarm.parse(values);
      const parts = [own, ...queries.flatMap(({ metric }) => metric.map((each) => each.dimensions))];
      return parts.flatMap((part) => Object.values(part ?? {}).map((value) => ({ name, value })));
    });
    expect(alarmDimensions.length).toBeGreaterThan(30);
    expect(alarmDimensions.filter(({ value }) => !attributes.has(value) && !isWord(value))).toEqual([]);
  });

  it("has the tags of the stage on every resource that supports tags", () => {
    const tagged = applied.filter(({ values }) => "tags_all" in values);
    const untagged = tagged.filter(({ values }) => {
      const tagsAll = z.record(z.string(), z.string()).catch({}).parse(values.tags_all);
      return tags.some((tag) => tagsAll[tag] === undefined);
    });
    expect(tagged.length).toBeGreaterThan(100);
    expect(untagged.map(({ address }) => address)).toEqual([]);
  });

  it("encrypts every log group with the stage's key", () => {
    const keys = new Set(all("aws_kms_key").map(({ values }) => values.arn));
    const groups = all("aws_cloudwatch_log_group");
    expect(groups.length).toBeGreaterThan(8);
    expect(groups.filter(({ values }) => !keys.has(values.kms_key_id)).map(({ address }) => address)).toEqual([]);
  });

  it("has an empty second plan", async () => {
    await expectNoChanges(sandbox, stack, variables);
  });

  it("is destroyed completely", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"], variables);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});
