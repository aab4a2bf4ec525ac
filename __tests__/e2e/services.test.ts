import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { removeWebAcl } from "./prod";
import { Sandbox } from "./sandbox";

describe("prod01: two web services, a worker with its queue, a job and a one-off task", () => {
  const stack = "prod01-us-east-1";
  const file = "config/prod/services.ts";
  const added = `  audit: {
    ...webDefaults,
    routes: ["GET /audit/{id}", "/audit/reports/*"],
    scaling: { minimum: 1, maximum: 2, cpuPercent: 60 },
  },
  letters: { ...workerDefaults, sharesImageOf: "audit", desiredCount: 1 },
`;
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("prod");
    removeWebAcl(sandbox);
    await sandbox.synthesize();
    await sandbox.deploy(stack);
  });
  afterAll(() => sandbox.stop());

  // A REST API is deployed as a whole, and dashboards and queries cover all services.
  const shared = [
    "create/delete aws_api_gateway_deployment.ingress",
    "update aws_api_gateway_stage.ingress",
    "update aws_cloudwatch_dashboard.monitoring",
    "update aws_cloudwatch_query_definition.monitoring_logs_errors_by_route_of_services",
    "update aws_cloudwatch_query_definition.monitoring_logs_newest_errors",
    "update aws_cloudwatch_query_definition.monitoring_logs_slowest_routes_of_services",
  ];
  const ofTheNew =
    /^\w+ aws_\w+\.((services|monitoring_services|monitoring_errors)_(audit|letters)(_|$)|ingress_alb_targets_audit(_|$)|ingress_routes_path_audit(_|$))/;

  it("adds services without a change of any other, or of the priority of a listener rule", async () => {
    sandbox.edit(file, "export const services = {\n", `export const services = {\n${added}`);
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

  it("removes them without a change of any other", async () => {
    sandbox.edit(file, added, "");
    await sandbox.synthesize();
    const changes = await plannedChanges(sandbox, stack);
    expect(changes.filter((change) => !ofTheNew.test(change))).toEqual(shared);
    expect(changes.filter((change) => ofTheNew.test(change)).every((change) => change.startsWith("delete "))).toBe(
      true,
    );
  });

  it("sends the emulated AWS no request that it does not support", () => {
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
