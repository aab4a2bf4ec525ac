import { ListResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { z } from "zod";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { appliedResources, type Applied } from "./state";

const stacks = ["prod01-us-east-1", "prod01-eu-west-1"];
const [stack = ""] = stacks;
const defaultsFile = "config/prod/defaults.ts";
const dataFile = "config/prod/data.ts";
const userPoolFile = "config/prod/prod01/eu-west-1-prod01.ts";
const servicesFile = "config/prod/services.ts";
const variables = { TF_VAR_chat_webhook_url: "https://chat.example.com/hooks/secret" };

describe("both regions of prod01 in one account, by plain Terraform", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("prod");
    sandbox.edit(defaultsFile, "  monitoring: {", "  monitoring: {\n    logs: { customerManagedKey: true },");
    await sandbox.synthesize();
  });
  afterAll(() => sandbox.stop());

  const inBoth = (action: (stack: string) => Promise<unknown>) => Promise.all(stacks.map(action));

  it("are applied, and plan nothing more", async () => {
    await inBoth(async (each) => {
      await sandbox.deploy(each);
      await expectNoChanges(sandbox, each);
    });
  });

  it("share one name with latency routing, each with a health check of its own", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const route53 = new Route53Client({ endpoint: sandbox.emulator.endpoint, region: "us-east-1", credentials });
    const { HostedZones: [zone] = [] } = await route53.send(new ListHostedZonesCommand({}));
    const { ResourceRecordSets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone?.Id?.replace("/hostedzone/", "") }),
    );
    const shared = ResourceRecordSets.filter(({ Name }) => Name === "api.appname.example.com.");
    expect(shared.map(({ SetIdentifier, Region }) => [SetIdentifier, Region]).sort()).toEqual([
      ["eu-west-1", "eu-west-1"],
      ["us-east-1", "us-east-1"],
    ]);
    expect(new Set(shared.map(({ HealthCheckId }) => HealthCheckId)).size).toBe(2);
  });

  describe("two web services, a worker with its queue, a job and a one-off task", () => {
    const added = `  audit: {
    ...webDefaults,
    routes: ["GET /audit/{id}", "/audit/reports/*"],
    scaling: { minimum: 1, maximum: 2, cpuPercent: 60 },
  },
  letters: { ...workerDefaults, sharesImageOf: "audit", desiredCount: 1 },
`;
    // A REST API is deployed as a whole, and dashboards and queries cover all services.
    const shared = [
      "create/delete aws_api_gateway_deployment.ingress",
      "update aws_api_gateway_rest_api.ingress",
      "update aws_api_gateway_stage.ingress",
      "update aws_cloudwatch_dashboard.monitoring",
      "update aws_cloudwatch_query_definition.monitoring_logs_errors_by_route_of_services",
      "update aws_cloudwatch_query_definition.monitoring_logs_newest_errors",
      "update aws_cloudwatch_query_definition.monitoring_logs_slowest_routes_of_services",
    ];
    const ofTheNew =
      /^\w+ (aws|terraform)_\w+\.((services|monitoring_services|monitoring_alarms_services|monitoring_errors)_(audit|letters)(_|$)|ingress_alb_(targets|path)_audit(_|$))/;

    it("get more without a change of any other, or of the priority of a listener rule", async () => {
      sandbox.edit(servicesFile, "export const services = {\n", `export const services = {\n${added}`);
      await sandbox.synthesize();
      const changes = await plannedChanges(sandbox, stack);
      expect(changes.filter((change) => !ofTheNew.test(change))).toEqual(shared);
      expect(changes.filter((change) => ofTheNew.test(change)).every((change) => change.startsWith("create "))).toBe(
        true,
      );
      expect(changes).toContain("create aws_ecs_service.services_audit");
      expect(changes).toContain("create aws_ecs_service.services_letters");
      await applyPlanned(sandbox, stack);
      await expectNoChanges(sandbox, stack);
    });

    it("lose them without a change of any other", async () => {
      sandbox.edit(servicesFile, added, "");
      await sandbox.synthesize();
      const changes = await plannedChanges(sandbox, stack);
      expect(changes.filter((change) => !ofTheNew.test(change))).toEqual(shared);
      expect(changes.filter((change) => ofTheNew.test(change)).every((change) => change.startsWith("delete "))).toBe(
        true,
      );
    });
  });

  describe("with every feature of monitoring, and a proxy of the database", () => {
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

    let applied: readonly Applied[];
    const all = (type: string) => applied.filter((each) => each.type === type);

    it("are applied as a change, and plan nothing more", async () => {
      sandbox.edit(
        defaultsFile,
        'alarms: { email: ["on-call@example.com"] }',
        `alarms: {
          email: ["on-call@example.com"],
          https: ["https://pager.example.com/sns"],
          chat: "slack",
          api: { clientErrorPercent: 50 },
          anomalies: {},
        }`,
      );
      sandbox.edit(dataFile, "    logRetentionDays: 365,\n  },", "    logRetentionDays: 365,\n    proxy: {},\n  },");
      await sandbox.synthesize();
      await inBoth(async (each) => {
        await sandbox.deploy(each, variables);
        await expectNoChanges(sandbox, each, variables);
      });
      applied = await appliedResources(sandbox, stack);
    });

    it("exist in AWS: alarms, composite alarms, subscriptions, rules, queries, filters, budget and dashboard", async () => {
      const inventory = await sandbox.emulator.inventory();
      // Resources of global services are in the region "".
      const names = (type: string, region = "us-east-1") =>
        inventory.filter((each) => each.type === type && each.region === region).map(({ name }) => name);
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
      expect(names("Budget", "")).toHaveLength(stacks.length);
      expect(names("Dashboard")).toEqual(["appname-prod01-us-east-1"]);
    });

    it("have alarms whose dimensions are attributes of the stack's resources", () => {
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

    it("have the tags of the stage on every resource that supports tags", () => {
      const tagged = applied.filter(({ values }) => "tags_all" in values);
      const untagged = tagged.filter(({ values }) => {
        const tagsAll = z.record(z.string(), z.string()).catch({}).parse(values.tags_all);
        return tags.some((tag) => tagsAll[tag] === undefined);
      });
      expect(tagged.length).toBeGreaterThan(100);
      expect(untagged.map(({ address }) => address)).toEqual([]);
    });

    it("encrypt every log group with the stage's key", () => {
      const keys = new Set(all("aws_kms_key").map(({ values }) => values.arn));
      const groups = all("aws_cloudwatch_log_group");
      expect(groups.length).toBeGreaterThan(8);
      expect(groups.filter(({ values }) => !keys.has(values.kms_key_id)).map(({ address }) => address)).toEqual([]);
    });
  });

  it("are destroyed one after the other without leftovers, once nothing is protected, and sent AWS nothing that is not emulated", async () => {
    sandbox.edit(dataFile, 'kind: "instance",', 'kind: "instance", deletionProtection: false, finalSnapshot: false,');
    sandbox.edit(dataFile, "deletionProtection: true", "deletionProtection: false");
    sandbox.edit(userPoolFile, "deletionProtection: true", "deletionProtection: false");
    sandbox.edit(
      defaultsFile,
      "export const defaults = {",
      `export const defaults = {
    exceptions: [
      { rule: "database-deletion", resource: "aws_db_instance.*", reason: "The stage is taken down." },
    ],`,
    );
    sandbox.edit(
      userPoolFile,
      "  ...defaults,",
      `  ...defaults,
  exceptions: [
    ...defaults.exceptions,
    { rule: "user-pool-deletion", resource: "aws_cognito_user_pool.*", reason: "The stage is taken down." },
  ],`,
    );
    await sandbox.synthesize();
    await inBoth((each) => sandbox.deploy(each, variables));
    for (const each of stacks) await sandbox.terraform(each, ["destroy", "-auto-approve"], variables);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
