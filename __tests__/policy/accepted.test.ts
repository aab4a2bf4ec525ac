import { checkStack } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import type { StageInput } from "../../schema";
import { ingresses, minimalService, minimalWorker, stageWith } from "../fixtures/stage";
import { rendered } from "./synthesized-stages";

function check(fields: Partial<StageInput>) {
  const stage = stageWith(fields);
  const { findings, accepted } = checkStack(stage, rendered(stage), rules);
  return { findings, accepted: accepted.map(({ rule, field }) => `${rule}: ${field}`) };
}

const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1";
const restApi = ingresses["rest-api via nlb"];

describe("a field that decides against a rule", () => {
  it.each<[string, Partial<StageInput>, string]>([
    ["mutable tags", { images: { tags: "mutable" } }, "repository-tags: images.tags"],
    ["no Container Insights", { containerInsights: "disabled" }, "container-insights: containerInsights"],
    [
      "a writable root file system",
      { services: { orders: { ...minimalService, readonlyRootFilesystem: false } } },
      "container-read-only: services.orders.readonlyRootFilesystem",
    ],
    [
      "a writable root file system of a sidecar",
      {
        services: {
          orders: { ...minimalService, sidecars: { envoy: { image, memoryMiB: 64, readonlyRootFilesystem: false } } },
        },
      },
      "container-read-only: services.orders.sidecars.envoy.readonlyRootFilesystem",
    ],
    [
      "a wait for the steady state",
      {
        services: {
          orders: minimalService,
          "orders-mail": { ...minimalWorker, deployment: { strategy: "rolling", waitForSteadyState: true } },
        },
      },
      "service-steady-state: services.orders-mail.deployment.waitForSteadyState",
    ],
    [
      "no minor versions",
      { data: { postgres: { kind: "instance", autoMinorVersionUpgrade: false, keep: true } } },
      "database-minor-upgrades: data.postgres.autoMinorVersionUpgrade",
    ],
    [
      "no second factor",
      { ingress: { ...restApi, authorization: { userPool: { source: "create", mfa: "off" } } } },
      "user-pool-mfa: ingress.authorization.userPool.mfa",
    ],
    [
      "no rules against SQL injection",
      { ingress: { ...restApi, waf: { sqlInjection: { mode: "off" } } } },
      "waf-managed-rules: ingress.waf.sqlInjection.mode",
    ],
  ])("is accepted without an exception: %s", (_, fields, accepted) => {
    expect(check(fields)).toEqual({ findings: [], accepted: [accepted] });
  });

  it("is accepted for every container of the service", () => {
    const tasks = { migrate: { command: ["node", "migrate.js"] } };
    const { findings, accepted } = check({
      services: { orders: { ...minimalService, readonlyRootFilesystem: false, tasks } },
    });
    expect(findings).toEqual([]);
    expect(accepted).toEqual(Array(2).fill("container-read-only: services.orders.readonlyRootFilesystem"));
  });

  it("is accepted for a task of one service whose address begins with the name of another", () => {
    const { findings, accepted } = check({
      services: {
        orders: { ...minimalService, readonlyRootFilesystem: false, tasks: { mail: { command: ["node", "mail.js"] } } },
        "orders-tasks": minimalWorker,
      },
    });
    expect(findings).toEqual([]);
    expect(accepted).toEqual(Array(2).fill("container-read-only: services.orders.readonlyRootFilesystem"));
  });

  it("makes an exception unnecessary", () => {
    const exceptions = [{ rule: "repository-tags", resource: "aws_ecr_repository.*", reason: "None." }];
    expect(check({ images: { tags: "mutable" }, exceptions }).findings).toMatchObject([{ rule: "exception-unused" }]);
  });
});

describe("a violation that no field decides for", () => {
  const violate = (resource: object, fields: Partial<StageInput> = {}) =>
    checkStack(stageWith(fields), { resource }, rules).findings.map(({ rule }) => rule);
  const writable = { container_definitions: [{ name: "other", readonlyRootFilesystem: false }] };

  it("remains a finding when the field has its default", () => {
    expect(violate({ aws_ecr_repository: { services_orders: {} } })).toContain("repository-tags");
  });

  const userPool = { source: "create", mfa: "off" } as const;
  it.each<[string, string, Partial<StageInput>]>([
    ["repository-tags", "aws_ecr_repository", { images: { tags: "mutable" } }],
    ["container-insights", "aws_ecs_cluster", { containerInsights: "disabled" }],
    ["user-pool-mfa", "aws_cognito_user_pool", { ingress: { ...restApi, authorization: { userPool } } }],
    ["waf-managed-rules", "aws_wafv2_web_acl", { ingress: { ...restApi, waf: { sqlInjection: { mode: "off" } } } }],
    [
      "database-minor-upgrades",
      "aws_db_instance",
      { data: { postgres: { kind: "instance", autoMinorVersionUpgrade: false, keep: true } } },
    ],
  ])("remains a finding of a resource that the stage file does not describe: %s of %s", (rule, type, fields) => {
    const metadata = { path: "dev01-us-east-1/extra/one", uniqueId: "extra" };
    const resource = { [type]: { extra: { auto_minor_version_upgrade: false, "//": { metadata } } } };
    expect(violate(resource, fields)).toContain(rule);
  });

  it("remains a finding of another container, and of another service", () => {
    const services = { orders: { ...minimalService, readonlyRootFilesystem: false } };
    for (const address of ["services_orders", "services_users", "extra"]) {
      expect(violate({ aws_ecs_task_definition: { [address]: writable } }, { services })).toContain(
        "container-read-only",
      );
    }
  });

  it("remains a finding in production for a field that decides for development", () => {
    const postgres = { kind: "instance", deletionProtection: false, keep: true } as const;
    const stage = stageWith({ production: true, data: { postgres } });
    expect(checkStack(stage, rendered(stage), rules).findings.map(({ rule }) => rule)).toContain("database-deletion");
  });
});
