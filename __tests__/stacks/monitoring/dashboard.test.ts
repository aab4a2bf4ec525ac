import { App } from "cdktf";
import { loadStages, stackName, type StageConfig } from "../../../schema";
import type { StageInput } from "../../../schema/stage";
import { dashboardBody } from "../../../stacks/monitoring/dashboard/body";
import { layout } from "../../../stacks/monitoring/dashboard/layout";
import { isFormula } from "../../../stacks/monitoring/metric";
import { StageStack } from "../../../stacks/stage-stack";
import { minimalService, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const watchedStage = (fields: Partial<StageInput> = {}) => stageWith({ monitoring: { alarms: {} }, ...fields });
const bodyOf = (stack: Synthesized) => String(stack.resource("aws_cloudwatch_dashboard.monitoring")?.dashboard_body);
const panelsOf = (stage: StageConfig) =>
  (new StageStack(new App(), stage).monitoring?.dashboard?.widgets ?? []).flatMap(({ content }) =>
    "heading" in content ? [] : [content],
  );
const titles = (stage: StageConfig) => panelsOf(stage).map(({ title }) => title);

describe("the dashboard", () => {
  it("is one for each stage and region, unless the stage wants none", () => {
    const stack = new Synthesized(watchedStage());
    expect(stack.resource("aws_cloudwatch_dashboard.monitoring")).toMatchObject({
      dashboard_name: "shop-dev01-us-east-1",
    });
    expect(stack.json.output.dashboard_name).toBeDefined();
    expect(new Synthesized(stageWith({ monitoring: { dashboard: false } })).all("aws_cloudwatch_dashboard")).toEqual(
      {},
    );
  });

  it.each(loadStages().map((stage) => [stackName(stage), stage] as const))(
    "of %s shows only what the same stack holds",
    (_, stage) => {
      const stack = new Synthesized(stage);
      const references = [...bodyOf(stack).matchAll(/\b(aws_\w+\.[\w-]+)\.\w+/g)].map(([, address = ""]) => address);
      expect(references.length).toBeGreaterThan(10);
      expect(references.filter((address) => stack.resource(address) === undefined)).toEqual([]);
    },
  );

  it("shows traffic, errors, percentiles, services, saturation, queues, WAF and deployments", () => {
    const stage = watchedStage({
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
      "Tasks that take requests",
      "CPU",
      "Memory",
      "Running tasks",
      "Waiting messages",
      "Oldest message",
      "Dead letters",
      "Blocked and counted",
      "Allowed",
      "Revisions: 2 while one is deployed",
      "Tasks that start",
      "Logged errors",
      "Failures",
    ]);
    const [, , latency] = panelsOf(stage);
    expect(latency?.lines.map(({ label }) => label)).toEqual(["p50", "p90", "p99", "p90 of the services"]);
    expect(latency?.limit).toBe(2500);
  });

  it("shows what the database, the cache and the tables have left and refuse, with the limits of their alarms", () => {
    const tables = { users: { partitionKey: { name: "id", type: "string" as const } } };
    const shown = (data: StageInput["data"], uses: string[]) =>
      panelsOf(watchedStage({ data, services: { orders: { ...minimalService, uses } } })).slice(7, -4);
    const servers = shown({ postgres: { kind: "instance", proxy: {} }, redis: { kind: "replication-group" }, tables }, [
      "postgres",
      "redis",
      "table:users",
    ]);
    expect(servers.map(({ title, limit }) => [title, limit])).toEqual([
      ["CPU", 90],
      ["Connections", 151],
      ["Free", undefined],
      ["CPU", 90],
      ["Memory", 80],
      ["Lost and refused", undefined],
      ["Replicas behind", 10],
      ["Throttled reads and writes", 10],
      ["Requests that failed by AWS's fault", 10],
    ]);
    const serverless = shown({ postgres: { kind: "aurora-serverless" }, redis: { kind: "serverless" } }, [
      "postgres",
      "redis",
    ]);
    expect(serverless.map(({ title, limit }) => [title, limit])).toEqual([
      ["CPU", 90],
      ["Connections", 658],
      ["Free", undefined],
      ["Readers behind the writer", 1000],
      ["Held", 4e9],
      ["Throttled", undefined],
      ["Lost and refused", undefined],
    ]);
  });

  it("shows the connections of an NLB, which knows no requests, and no tasks that nobody counts", () => {
    expect(titles(watchedStage({ ingress: ingresses.nlb, containerInsights: "disabled" }))).toEqual([
      "New connections",
      "Tasks that take requests",
      "CPU",
      "Memory",
      "Logged errors",
      "Failures",
    ]);
  });

  it("begins with the alarms that write, and begins with the traffic where there are none", () => {
    const stack = new Synthesized(watchedStage());
    expect(bodyOf(stack)).toContain('{"widgets" = [{"type" = "alarm"');
    expect(bodyOf(stack)).toContain("aws_cloudwatch_composite_alarm.monitoring_services_orders_service.arn");
    const without = bodyOf(new Synthesized(stageWith({ monitoring: {} })));
    expect(without).toContain('{"widgets" = [{"type" = "text", "x" = 0, "y" = 0');
    expect(without).not.toContain("annotations");
  });

  it("shows a health check from the region that counts it", () => {
    const [stage] = loadStages().filter((each) => stackName(each) === "prod01-eu-west-1");
    const health = stage && panelsOf(stage).find(({ title }) => title === "Reached from outside");
    expect(health?.lines).toMatchObject([{ region: "us-east-1", measure: { metricName: "HealthCheckStatus" } }]);
  });

  it("adds target groups up under ids that no other line of the panel has", () => {
    const deployment = { strategy: "blue-green" } as const;
    const service = (route: string) => ({ ...minimalService, deployment, routes: [route] });
    const stage = watchedStage({ ingress: ingresses.alb, services: { one: service("/1/*"), two: service("/2/*") } });
    const panel = panelsOf(stage).find(({ lines }) => lines.filter(({ measure }) => isFormula(measure)).length === 2);
    if (panel === undefined) throw new Error("no panel has two formulas");
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

  it.each([1, 2, 3, 4])("puts %i panels of a row side by side into 24 columns, below its heading", (count) => {
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
