import { stackName } from "../../../schema";
import type { StageInput } from "../../../schema/stage";
import { fixtureStages } from "../../fixtures/config";
import { minimalService, minimalStage, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const synthesized = (fields: Partial<StageInput> = {}) => new Synthesized(stageWith({ monitoring: {}, ...fields }));
const groups = (stack: Synthesized) => Object.entries(stack.all("aws_cloudwatch_log_group"));
const queries = (stack: Synthesized) => Object.values(stack.all("aws_cloudwatch_query_definition"));

const nat = { ...minimalStage.network, egress: { mode: "nat-gateway" } } as const;
const telemetry = synthesized({
  network: nat,
  services: { orders: { ...minimalService, enableExecuteCommand: true, readonlyRootFilesystem: false, telemetry: {} } },
  ingress: { ...ingresses["rest-api via nlb"], waf: {} },
  monitoring: { logs: { customerManagedKey: true } },
});

describe("the log groups", () => {
  const [[keyId, key] = []] = Object.entries(telemetry.all("aws_kms_key"));

  it.each([
    ...fixtureStages().map((stage) => [stackName(stage), new Synthesized(stage)] as const),
    ["sessions and metrics", telemetry] as const,
  ])("of %s all have a retention", (_, stack) => {
    const unlimited = groups(stack).filter(([, { retention_in_days: days }]) => typeof days !== "number" || days < 1);
    expect(groups(stack).length).toBeGreaterThan(2);
    expect(unlimited).toEqual([]);
  });

  it("are all encrypted with the stage's own key where it has one", () => {
    const key = `\${aws_kms_key.${keyId}.arn}`;
    expect(groups(telemetry).length).toBeGreaterThan(5);
    expect(groups(telemetry).filter(([, { kms_key_id: id }]) => id !== key)).toEqual([]);
    expect(groups(synthesized()).filter(([, group]) => "kms_key_id" in group)).toEqual([]);
  });

  it("have a key that CloudWatch Logs may use only for the logs of the account and region", () => {
    const [, id = ""] = /policy_document\.([\w-]+)\.json/.exec(String(key?.policy)) ?? [];
    expect(telemetry.json.data.aws_iam_policy_document?.[id]).toMatchObject({
      statement: [
        { sid: "AccountDecides" },
        {
          principals: [{ identifiers: ["logs.us-east-1.amazonaws.com"] }],
          condition: [
            {
              variable: "kms:EncryptionContext:aws:logs:arn",
              values: [
                expect.stringMatching(
                  /^arn:\$\{data\.aws_partition\.[\w-]+\.partition\}:logs:us-east-1:111122223333:log-group:\*$/,
                ),
              ],
            },
          ],
        },
      ],
    });
    expect(key).toMatchObject({ enable_key_rotation: true });
  });

  it("have a key that can be recovered for 30 days", () => {
    expect(key).toMatchObject({ deletion_window_in_days: 30 });
  });

  it("have a key that is destroyed only when they no longer use it", () => {
    expect(key).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  it("include that of Container Insights, which ECS would create without a retention", () => {
    const id = "aws_cloudwatch_log_group.compute_insights";
    expect(synthesized().resource(id)).toMatchObject({
      name: "/aws/ecs/containerinsights/shop-ecs-cluster-dev01/performance",
      retention_in_days: 1,
    });
    expect(synthesized().resource("aws_ecs_cluster.compute")?.depends_on).toEqual([id]);
    const without = synthesized({ containerInsights: "disabled" });
    expect(without.resource(id)).toBeUndefined();
    expect(without.resource("aws_ecs_cluster.compute")).not.toHaveProperty("depends_on");
  });
});

describe("the saved queries", () => {
  const named = (stack: Synthesized) => queries(stack).map(({ name }) => String(name).split("/").at(-1));

  it("find slow routes, errors by route and requests that WAF blocks", () => {
    expect(named(telemetry).sort()).toEqual([
      "errors-by-caller",
      "errors-by-route",
      "errors-by-route-of-services",
      "newest-errors",
      "slowest-routes",
      "slowest-routes-of-services",
      "waf-blocks",
      "waf-blocks-by-caller",
    ]);
  });

  it("read only log groups of the stage", () => {
    expect(named(synthesized({ ingress: ingresses.alb })).sort()).toEqual([
      "errors-by-route-of-services",
      "newest-errors",
      "slowest-routes-of-services",
    ]);
    for (const { log_group_names: names } of queries(telemetry)) {
      for (const name of names as string[]) {
        // the shape that Terraform reads
        const [, address = ""] = /^\$\{(.+)\.name\}$/.exec(name) ?? [];
        expect([name, telemetry.resource(address) !== undefined]).toEqual([name, true]);
      }
    }
  });

  it("use only fields of the access log", () => {
    const apiQueries = queries(telemetry).filter(({ name }) =>
      /\/(slowest-routes|errors-by-route|errors-by-caller)$/.test(String(name)),
    );
    const format = JSON.stringify(telemetry.resource("aws_api_gateway_stage.ingress"));
    const fields = apiQueries.flatMap(
      ({ query_string: query }) => String(query).match(/\b(route|latencyMs|method|status|sourceIp|userAgent)\b/g) ?? [],
    );
    expect(apiQueries).toHaveLength(3);
    expect(new Set(fields).size).toBe(6);
    for (const field of fields) expect(format).toContain(`\\"${field}\\" = \\"$context.`);
  });

  it("are not saved with `savedQueries: false`", () => {
    expect(queries(synthesized({ monitoring: { logs: { savedQueries: false } } }))).toEqual([]);
  });
});

describe("the errors in a service's log", () => {
  const filters = (stack: Synthesized) => Object.values(stack.all("aws_cloudwatch_log_metric_filter"));

  it("are a metric of the service", () => {
    const stack = synthesized();
    const [logGroup] = groups(stack).filter(([, { name }]) => String(name).endsWith("/orders"));
    expect(filters(stack)).toEqual([
      {
        log_group_name: `\${aws_cloudwatch_log_group.${String(logGroup?.[0])}.name}`,
        name: "errors",
        pattern: '{ ($.level = "error") || ($.level = "fatal") }',
        metric_transformation: { name: "LoggedErrors", namespace: "shop/dev01/orders", value: "1", default_value: "0" },
      },
    ]);
  });

  it("are those that match the pattern of the stage file", () => {
    const errorPattern = "?ERROR ?Exception";
    expect(filters(synthesized({ monitoring: { logs: { errorPattern } } }))).toMatchObject([{ pattern: errorPattern }]);
  });

  it("are not counted where its log is in S3", () => {
    const logs = { driver: "firelens", destination: "s3" } as const;
    const stack = synthesized({ network: nat, services: { orders: { ...minimalService, logs } } });
    expect(filters(stack)).toEqual([]);
  });
});
