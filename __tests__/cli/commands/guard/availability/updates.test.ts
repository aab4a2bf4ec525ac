import { databaseOutages, restarts } from "../../../../../cli/commands/guard/availability/databases";
import { endpointOutages } from "../../../../../cli/commands/guard/availability/endpoints";
import { planWith, updated } from "../plan-of";

type Values = Readonly<Record<string, unknown>>;

const database = (before: Values, after: Values) =>
  databaseOutages(planWith({ "aws_db_instance.one": updated(before, after) }));
const endpoint = (address: string, before: Values, after: Values) =>
  endpointOutages(planWith({ [address]: updated(before, after) }));
const now = { apply_immediately: true };

describe("a database that is changed in place", () => {
  it("is not available for minutes when its class changes at once", () => {
    expect(database({ instance_class: "a", ...now }, { instance_class: "b", ...now })).toEqual([
      {
        name: "aws_db_instance.one",
        what: "the database",
        from: "the change of the resource",
        until: "it has restarted, or its standby has taken over",
        minutes: 10,
        reason: "it changes instance_class",
      },
    ]);
  });

  it("fails over to its standby with Multi-AZ", () => {
    const [single] = database({ instance_class: "a" }, { instance_class: "b" });
    const [multiAz] = database({ instance_class: "a", multi_az: true }, { instance_class: "b", multi_az: true });
    expect(multiAz?.minutes).toBeLessThan(single?.minutes ?? 0);
  });

  it("is not available in the maintenance window otherwise", () => {
    expect(database({ instance_class: "a" }, { instance_class: "b" })).toMatchObject([
      { from: "the next maintenance window, as apply_immediately is not true" },
    ]);
  });

  it.each([
    ["16.4", "16.6", 10],
    ["16.4", "17.2", 20],
  ])("is upgraded from %s to %s in about %i minutes, with Multi-AZ, too", (before, after, minutes) => {
    const values = (engine_version: string) => ({ engine_version, multi_az: true });
    expect(database(values(before), values(after))).toMatchObject([{ minutes }]);
  });

  it("restarts when automated backups are switched off or on", () => {
    const reason = "it changes backup_retention_period";
    expect(database({ backup_retention_period: 7 }, { backup_retention_period: 0 })).toMatchObject([{ reason }]);
    expect(database({ backup_retention_period: 0 }, { backup_retention_period: 7 })).toMatchObject([{ reason }]);
    expect(database({ backup_retention_period: 7 }, { backup_retention_period: 14 })).toEqual([]);
  });

  it("keeps serving while its storage grows", () => {
    expect(database({ allocated_storage: 20, ...now }, { allocated_storage: 40, ...now })).toEqual([]);
  });

  it.each(restarts.map(({ type, field }) => [type, field] as const))("is an outage: %s %s", (type, field) => {
    const plan = planWith({ [`${type}.one`]: updated({ [field]: "1.0" }, { [field]: "2.0" }) });
    expect(databaseOutages(plan)).toMatchObject([{ reason: `it changes ${field}` }]);
  });

  it("is a shorter outage of a cache with replicas", () => {
    const cache = (automatic_failover_enabled: boolean) =>
      databaseOutages(
        planWith({
          "aws_elasticache_replication_group.one": updated(
            { node_type: "a", automatic_failover_enabled },
            { node_type: "b", automatic_failover_enabled },
          ),
        }),
      ).map(({ what, minutes }) => ({ what, minutes }));
    expect(cache(true)).toEqual([{ what: "the cache", minutes: 1 }]);
    expect(cache(false)).toEqual([{ what: "the cache", minutes: 10 }]);
  });
});

describe("an endpoint that is changed in place", () => {
  const body = (...paths: readonly string[]) => ({
    body: JSON.stringify({ openapi: "3.0.1", paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])) }),
  });

  it("no longer serves the routes that its OpenAPI document lacks", () => {
    expect(endpoint("aws_api_gateway_rest_api.one", body("/orders", "/users"), body("/users"))).toMatchObject([
      { what: "the route GET /orders", reason: "it is no longer in the OpenAPI document" },
    ]);
  });

  it("keeps serving the routes of a document that is known after the apply only", () => {
    const change = updated(body("/orders"), {}, { body: true });
    expect(endpointOutages(planWith({ "aws_api_gateway_rest_api.one": change }))).toEqual([]);
  });

  it.each(["aws_api_gateway_rest_api.one", "aws_apigatewayv2_api.one"])(
    "no longer answers at its default address when it is switched off: %s",
    (address) => {
      const value = (disable_execute_api_endpoint: boolean) => ({ disable_execute_api_endpoint });
      expect(endpoint(address, value(false), value(true))).toMatchObject([
        { what: "the default address of the API (execute-api)" },
      ]);
      expect(endpoint(address, value(true), value(false))).toEqual([]);
    },
  );

  it("no longer answers on the old port of a listener", () => {
    expect(endpoint("aws_lb_listener.one", { port: 80 }, { port: 8080 })).toMatchObject([
      { what: "all routes on port 80 of the load balancer" },
    ]);
  });

  it("ends open connections of tasks when a route leads to another gateway", () => {
    const to = (nat_gateway_id: string) => ({ nat_gateway_id, destination_cidr_block: "0.0.0.0/0" });
    expect(endpoint("aws_route.one", to("nat-1"), to("nat-2"))).toMatchObject([
      { what: "egress: open connections of running tasks to 0.0.0.0/0", minutes: 1 },
    ]);
  });
});
