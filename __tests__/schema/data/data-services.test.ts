import { parseStage } from "../../../schema/loader";
import type { StageInput } from "../../../schema";
import { minimalService, minimalStage, ingresses } from "../../fixtures/stage";

type Data = NonNullable<StageInput["data"]>;

const table = { partitionKey: { name: "id", type: "string" } } as const;
const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
const stores: readonly [string, Data, string][] = [
  ["postgres", { postgres: { kind: "instance" } }, "data.postgres"],
  ["redis", { redis: { kind: "serverless" } }, "data.redis"],
  ["uploads", { uploads: {} }, "data.uploads"],
  ["queue:orders", { queues: { orders: {} } }, "data.queues.orders"],
  ["table:users", { tables: { users: table } }, "data.tables.users"],
  ["secret:stripe", { secrets: { stripe: { source: "create" } } }, "data.secrets.stripe"],
  ["topic:sold", { topics: { sold: {} } }, "data.topics.sold"],
];
const kept: readonly [string, Data][] = [
  ["postgres", { postgres: { kind: "instance", keep: true } }],
  ["redis", { redis: { kind: "replication-group", keep: true } }],
  ["uploads", { uploads: { keep: true } }],
  ["queues", { queues: { orders: { keep: true } } }],
  ["tables", { tables: { users: { ...table, keep: true } } }],
  ["secrets", { secrets: { stripe: { source: "existing", arn, keep: true } } }],
  ["topics", { topics: { sold: { keep: true } } }],
];

const using = (...uses: string[]) => ({ services: { orders: { ...minimalService, uses } } });

function problems(fields: object): string[] {
  return parseStage("stage.ts", { ...minimalStage, ...fields }).problems.map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

describe("a data service", () => {
  it.each(stores)("%s is used by a service", (use, data) => {
    expect(problems({ data, ...using(use) })).toEqual([]);
  });

  it.each(stores)("%s that no service uses is refused", (use, data, field) => {
    expect(problems({ data })).toEqual([
      `${field}: is used by no service; write uses: ["${use}"], keep: true, or remove it`,
    ]);
  });

  it.each(kept)("of %s may stay unused when the file says so", (_, data) => {
    expect(problems({ data })).toEqual([]);
  });

  it.each(stores)("%s that the stage lacks is refused where it is used", (use, _, field) => {
    expect(problems(using(use))).toEqual([
      `services.orders.uses[0]: must be a data service of the stage, which has none; write ${field}, or remove it`,
    ]);
  });

  it("of uploads is also used by the ingress, and a queue by its worker", () => {
    const ingress = { ...ingresses["rest-api via nlb"], waf: {}, uploads: { contentTypes: ["image/png"] } };
    expect(problems({ data: { uploads: {} }, ingress })).toEqual([]);
    const worker = { kind: "worker", command: ["node"], sharesImageOf: "orders", queue: "jobs" };
    const services = { orders: minimalService, jobs: { ...worker, healthCheck: minimalService.healthCheck } };
    expect(problems({ data: { queues: { jobs: {} } }, services })).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown source", { secrets: { stripe: { source: "vault" } } }, /source: must be one of "create", "existing"/],
    [
      "half an ARN",
      { secrets: { stripe: { source: "existing", arn: "stripe" } } },
      /arn: must be the complete ARN of a secret/,
    ],
    [
      "a value",
      { secrets: { stripe: { source: "create", value: "x" } } },
      /value: is not a field of a stage file; remove it/,
    ],
    ["a short value", { secrets: { stripe: { source: "create", length: 7 } } }, /length: must be .* 8/],
    [
      "a recovery of a day",
      { secrets: { stripe: { source: "create", recoveryWindowDays: 1 } } },
      /recoveryWindowDays: must be a whole number from 7 to 30/,
    ],
    [
      "a rotation by nothing",
      { secrets: { stripe: { source: "create", rotation: { lambdaArn: "rotate", automaticallyAfterDays: 1 } } } },
      /lambdaArn: must be the ARN of a Lambda function; write the one/,
    ],
    [
      "an alias of a key",
      { secrets: { stripe: { source: "existing", arn, kmsKeyArn: "alias/a" } } },
      /kmsKeyArn: must be the ARN of a KMS key; write one/,
    ],
    [
      "a value of number 0",
      { secrets: { stripe: { source: "create", generation: 0 } } },
      /generation: must be a whole number/,
    ],
    ["a name in capitals", { topics: { Sold: {} } }, /Sold: must be a name; write lower-case/],
  ])("refuses %s", (_, data, message) => {
    expect(problems({ data, ...using("secret:stripe") }).join("\n")).toMatch(message);
  });
});
