import { App } from "cdktf";
import { stackName, type StageConfig } from "../../../schema";
import type { StageInput } from "../../../schema/stage";
import { dashboardBody, layout } from "../../../stacks/monitoring/dashboard/widgets";
import { isMathExpression } from "../../../stacks/monitoring/metrics/metric";
import { StageStack } from "../../../stacks/stage-stack";
import { fixtureStage, fixtureStages } from "../../fixtures/config";
import { minimalService, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const stageWithAlarms = (fields: Partial<StageInput> = {}) => stageWith({ monitoring: { alarms: {} }, ...fields });
const dashboardsOf = (stack: Synthesized) => Object.values(stack.all("aws_cloudwatch_dashboard"));
const bodyOf = (stack: Synthesized) => String(dashboardsOf(stack)[0]?.dashboard_body);
const panelsOf = (stage: StageConfig) =>
  (new StageStack(new App(), stage).monitoring?.dashboard?.widgets ?? []).flatMap(({ content }) =>
    "heading" in content ? [] : [content],
  );
const titles = (stage: StageConfig) => panelsOf(stage).map(({ title }) => title);

describe("the dashboard", () => {
  it("is one for each stage and region, unless the stage file has `dashboard: false`", () => {
    const stack = new Synthesized(stageWithAlarms());
    expect(dashboardsOf(stack)).toMatchObject([{ dashboard_name: "shop-dev01-us-east-1" }]);
    expect(stack.json.output.dashboard_name).toBeDefined();
    expect(dashboardsOf(new Synthesized(stageWith({ monitoring: { dashboard: false } })))).toEqual([]);
  });

  it.each(fixtureStages().map((stage) => [stackName(stage), stage] as const))(
    "of %s refers only to resources of the same stack",
    (_, stage) => {
      const stack = new Synthesized(stage);
      const references = [...bodyOf(stack).matchAll(/\b(aws_\w+\.[\w-]+)\.\w+/g)].map(([, address = ""]) => address);
      expect(references.length).toBeGreaterThan(10);
      expect(references.filter((address) => stack.resource(address) === undefined)).toEqual([]);
    },
  );

  it("shows traffic, errors, percentiles, services, saturation, queues, WAF and deployments", () => {
    const stage = stageWithAlarms({
      ingress: { ...ingresses["rest-api via nlb-alb"], waf: {} },
      data: { queues: { mail: {} } },
      services: { orders: minimalService, mailer: { kind: "worker", queue: "mail" } },
    });
    expect(titles(stage)).toEqual([
      "Requests",
      "Errors",
      "Latency",
      "Requests",
      "5xx answers",
      "Latency, p99",
      "Healthy tasks",
      "CPU",
      "Memory",
      "Running tasks",
      "Waiting messages",
      "Oldest message",
      "Dead letters",
      "Blocked and counted",
      "Allowed",
      "Deployments: 2 while one is in progress",
      "Pending tasks",
      "Logged errors",
      "Failures",
    ]);
    const [, , latency] = panelsOf(stage);
    expect(latency?.lines.map(({ label }) => label)).toEqual(["p50", "p90", "p99", "p90 of the services"]);
    expect(latency?.threshold).toBe(2500);
  });

  it("shows database, cache and tables, with the thresholds of their alarms", () => {
    const tables = { users: { partitionKey: { name: "id", type: "string" as const } } };
    const shown = (data: StageInput["data"], uses: string[]) =>
      panelsOf(stageWithAlarms({ data, services: { orders: { ...minimalService, uses } } })).slice(7, -4);
    const servers = shown({ postgres: { kind: "instance", proxy: {} }, redis: { kind: "replication-group" }, tables }, [
      "postgres",
      "redis",
      "table:users",
    ]);
    expect(servers.map(({ title, threshold }) => [title, threshold])).toEqual([
      ["CPU", 90],
      ["Connections", 151],
      ["Free", undefined],
      ["CPU", 90],
      ["Memory", 80],
      ["Evictions and failed authentications", undefined],
      ["Replication lag", 10],
      ["Throttled reads and writes", 10],
      ["System errors", 10],
    ]);
    const serverless = shown({ postgres: { kind: "aurora-serverless" }, redis: { kind: "serverless" } }, [
      "postgres",
      "redis",
    ]);
    expect(serverless.map(({ title, threshold }) => [title, threshold])).toEqual([
      ["CPU", 90],
      ["Connections", 658],
      ["Free", undefined],
      ["Replica lag", 1000],
      ["Used", 4e9],
      ["Throttled", undefined],
      ["Evictions and failed authentications", undefined],
    ]);
  });

  it("shows connections instead of requests of an NLB, and no task counts without Container Insights", () => {
    expect(titles(stageWithAlarms({ ingress: ingresses.nlb, containerInsights: "disabled" }))).toEqual([
      "New connections",
      "Healthy tasks",
      "CPU",
      "Memory",
      "Logged errors",
      "Failures",
    ]);
  });

  it("begins with the alarms that notify, or with the traffic where there are none", () => {
    const stack = new Synthesized(stageWithAlarms());
    expect(bodyOf(stack)).toContain('{"widgets" = [{"type" = "alarm"');
    const [composite] = Object.keys(stack.all("aws_cloudwatch_composite_alarm"));
    expect(bodyOf(stack)).toContain(`aws_cloudwatch_composite_alarm.${String(composite)}.arn`);
    const without = bodyOf(new Synthesized(stageWith({ monitoring: {} })));
    expect(without).toContain('{"widgets" = [{"type" = "text", "x" = 0, "y" = 0');
    expect(without).not.toContain("annotations");
  });

  it("shows the health check with the region of its metrics", () => {
    const health = panelsOf(fixtureStage("prod01-eu-west-1")).find(({ title }) => title === "Health check");
    expect(health?.lines).toMatchObject([{ region: "us-east-1", metric: { metricName: "HealthCheckStatus" } }]);
  });

  it("adds up target groups under ids that are unique within the panel", () => {
    const deployment = { strategy: "blue-green" } as const;
    const service = (route: string) => ({ ...minimalService, deployment, routes: [route] });
    const stage = stageWithAlarms({ ingress: ingresses.alb, services: { one: service("/1/*"), two: service("/2/*") } });
    const panel = panelsOf(stage).find(
      ({ lines }) => lines.filter(({ metric }) => isMathExpression(metric)).length === 2,
    );
    if (panel === undefined) throw new Error("no panel has two math expressions");
    const widget = { x: 0, y: 0, width: 24, height: 6, content: panel };
    const none = { ...widget, content: [] };
    const body = JSON.stringify(dashboardBody([widget], none, "us-east-1"));
    const ids = [...body.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(body).toContain('"expression":"FILL(line1requests0, 0) + FILL(line1requests1, 0)"');
  });
});

describe("the layout of a dashboard", () => {
  const panel = { title: "p", unit: "u", lines: [] };

  it.each([1, 2, 3, 4])("positions %i panels of a row side by side in 24 columns, below its heading", (count) => {
    const rows = [1, 2].map((row) => ({ title: `row ${row}`, panels: Array.from({ length: count }, () => panel) }));
    const placed = layout(rows, 3);
    const cells = placed.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toHaveLength(2 * 24 * 7);
    expect(Math.min(...placed.map(({ y }) => y))).toBe(3);
    expect(Math.max(...placed.map(({ x, width }) => x + width))).toBe(24);
  });
});
