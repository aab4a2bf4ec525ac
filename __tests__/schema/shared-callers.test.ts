import type { StageInput } from "../../schema";
import { sharedCallers } from "../../schema/checks/shared-callers";
import { parseStage } from "../../schema/loader";
import { ConfigError } from "../../schema/problems";
import { ingresses, minimalDomain, minimalService, minimalStage, stageWith } from "../fixtures/stage";

const routes = [{ route: "GET /health", public: true as const }, "/*"];
const services = { orders: { ...minimalService, routes } };
const created = { source: "create" } as const;
const existing = (region: string, id = `${region}_AbC123`) => ({
  source: "existing" as const,
  arn: `arn:aws:cognito-idp:${region}:111122223333:userpool/${id}`,
  clientIds: ["abc123"],
  domain: "shop",
});
type UserPool = typeof created | ReturnType<typeof existing>;
type Fields = Partial<Extract<StageInput["ingress"], { kind: "http-api" }>>;

const latency = { ...minimalDomain, routing: { policy: "latency" } } as const;

function file(region: "us-east-1" | "eu-west-1", userPool: UserPool | undefined, fields: Fields = {}) {
  const ingress = {
    ...ingresses["http-api"],
    domain: latency,
    ...(userPool && { authorization: { userPool } }),
    ...fields,
  };
  return {
    file: `${region}.ts`,
    content: stageWith({
      region,
      network: { cidr: "10.0.0.0/16", zones: [`${region}a`, `${region}b`], egress: { mode: "vpc-endpoints" } },
      services,
      ingress,
    }),
  };
}

const problemsOf = (...files: Parameters<typeof sharedCallers>[0]) =>
  sharedCallers(files, { isChosen: () => true, isComplete: true }).map(
    (problem) => `${problem.file} ${problem.field}: ${problem.message}`,
  );

describe("stacks that share a name", () => {
  it("are accepted with one user pool, which one of them creates", () => {
    expect(problemsOf(file("us-east-1", created), file("eu-west-1", existing("us-east-1")))).toEqual([]);
  });

  it("are accepted with an existing pool in both, or its replicas", () => {
    const [pool, replica] = [existing("us-east-1"), existing("eu-west-1", "us-east-1_AbC123")];
    expect(problemsOf(file("us-east-1", pool), file("eu-west-1", pool))).toEqual([]);
    expect(problemsOf(file("us-east-1", pool), file("eu-west-1", replica))).toEqual([]);
  });

  it("are accepted without an authorization", () => {
    expect(problemsOf(file("us-east-1", undefined), file("eu-west-1", undefined))).toEqual([]);
  });

  it("are refused with a user pool for each region, which signs out and does not know those who move", () => {
    expect(problemsOf(file("us-east-1", created), file("eu-west-1", created))).toEqual([
      "us-east-1.ts ingress.authorization.userPool.source: is another user pool than that of eu-west-1.ts: a caller whom " +
        'Route 53 sends to the other region is signed out, and unknown there; keep "create" in one stack, and write ' +
        '{ source: "existing" } with its ARN in the others, or allowRegionalUsers: true',
      expect.stringMatching(/^eu-west-1.ts .*is another user pool than that of us-east-1.ts/),
    ]);
  });

  it("are refused with an existing pool that is not the one that the other creates", () => {
    expect(problemsOf(file("us-east-1", created), file("eu-west-1", existing("eu-west-1")))).toEqual([
      expect.stringMatching(
        /^eu-west-1.ts ingress.authorization.userPool.arn: is another user pool .*; write the ARN of that one/,
      ),
    ]);
  });

  it("are refused with two existing pools", () => {
    const [one, other] = [existing("us-east-1"), existing("us-east-1", "us-east-1_Other")];
    expect(problemsOf(file("us-east-1", one), file("eu-west-1", other))).toHaveLength(2);
  });

  it("may accept that each region has users of its own", () => {
    const domain = { ...latency, routing: { policy: "latency", allowRegionalUsers: true } } as const;
    expect(problemsOf(file("us-east-1", created, { domain }), file("eu-west-1", created, { domain }))).toEqual([]);
  });

  it("are refused when one has no authorization, so that a caller who moves needs none", () => {
    expect(problemsOf(file("us-east-1", created), file("eu-west-1", undefined))).toEqual([
      "eu-west-1.ts ingress.authorization: is missing, though us-east-1.ts has one for the same name; write it in both",
    ]);
  });
});

describe("a host of two stages", () => {
  const stage = (region: "us-east-1" | "eu-west-1", name: string, host: string) => {
    const { content } = file(region, undefined);
    const domain = { ...minimalDomain, name };
    const service = { ...minimalService, routes: [{ route: "/*", hosts: [host] }] };
    return {
      file: `${name}.ts`,
      content: stageWith({
        region,
        network: content.network,
        services: { orders: service },
        ingress: { kind: "alb", domain },
      }),
    };
  };

  it("is refused, as both would create its DNS record", () => {
    const files = [
      stage("us-east-1", "a.example.com", "www.example.com"),
      stage("eu-west-1", "b.example.com", "WWW.example.com"),
    ];
    expect(problemsOf(...files)).toEqual([
      "a.example.com.ts routes.hosts: is a name of b.example.com.ts, too; write another one in one of the two",
      "b.example.com.ts routes.hosts: is a name of a.example.com.ts, too; write another one in one of the two",
    ]);
  });

  it("is refused when it is the domain's name of one", () => {
    const files = [
      stage("us-east-1", "a.example.com", "b.example.com"),
      stage("eu-west-1", "b.example.com", "www.example.com"),
    ];
    expect(problemsOf(...files)).toEqual([
      expect.stringMatching(/^a.example.com.ts routes.hosts: is a name of b.example.com.ts/),
      expect.stringMatching(/^b.example.com.ts ingress.domain.name: is a name of a.example.com.ts/),
    ]);
  });
});

describe("data of a stage with latency or failover", () => {
  const problems = (routing: object, fields: object) => {
    const ingress = { ...ingresses["http-api"], domain: { ...minimalDomain, routing } };
    const found = parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, services, ingress, ...fields });
    return found.problems.length === 0 ? "" : new ConfigError(found.problems).message;
  };
  const failover = { policy: "failover", role: "primary" };
  const users = { partitionKey: { name: "id", type: "string" }, keep: true };
  const kept = { postgres: { kind: "instance", keep: true }, uploads: { keep: true }, tables: { users } };
  const withFiles = { services: { orders: { ...services.orders, fileSystem: { mountPath: "/files" } } } };

  it.each([
    ["a database", { data: { postgres: kept.postgres } }, "data.postgres"],
    ["uploads", { data: { uploads: kept.uploads } }, "data.uploads"],
    ["a table", { data: { tables: kept.tables } }, "data.tables.users"],
    ["a file system", withFiles, "services.orders.fileSystem"],
    ["several stores", { data: kept }, "data.postgres, data.uploads, data.tables.users"],
  ])("is refused with %s, which is not replicated", (_, fields, stores) => {
    for (const routing of [{ policy: "latency" }, failover]) {
      expect(problems(routing, fields)).toContain(
        "ingress.domain.routing.allowRegionalData: is missing; write true, as a caller whom Route 53 sends to another " +
          `region does not find what is in ${stores} there, or policy: "simple"`,
      );
    }
  });

  it("is accepted openly, with simple routing, and if it is a queue", () => {
    expect(problems({ ...failover, allowRegionalData: true }, { data: kept })).toBe("");
    expect(problems({ policy: "simple" }, { data: kept })).toBe("");
    expect(problems({ policy: "latency" }, { data: { queues: { orders: { keep: true } } } })).toBe("");
  });
});
