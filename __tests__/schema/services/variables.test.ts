import fc from "fast-check";
import { stackVariables, dataVariable, urlVariable } from "../../../schema/services/variables";
import { problems, web } from "../../fixtures/problems";
import { minimalService } from "../../fixtures/stage";

const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
const sidecar = { image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1", memoryMiB: 64 };
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/);

describe("the variables that the stack sets", () => {
  const nothing = { uses: [], calls: [] };

  it.each([
    ["web", { kind: "web", ...nothing }, ["STOP_TIMEOUT_SECONDS", "PORT", "KEEP_ALIVE_SECONDS"]],
    ["worker", { kind: "worker", ...nothing }, ["STOP_TIMEOUT_SECONDS"]],
    ["job", { kind: "job", ...nothing }, ["STOP_TIMEOUT_SECONDS"]],
  ] as const)("in a %s are few", (_, service, expected) => {
    expect(stackVariables(service)).toEqual(expected);
  });

  it("name everything that the service uses and calls", () => {
    const uses = ["uploads", "queue:mails", "table:user-names"];
    expect(stackVariables({ kind: "worker", uses, calls: ["orders-api"], queue: "jobs", telemetry: {} })).toEqual([
      "STOP_TIMEOUT_SECONDS",
      "UPLOADS_BUCKET",
      "MAILS_QUEUE_URL",
      "USER_NAMES_TABLE",
      "JOBS_QUEUE_URL",
      "ORDERS_API_URL",
      "OTEL_EXPORTER_OTLP_ENDPOINT",
    ]);
  });

  it("are valid shell names, different for every data service and service", () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const variables = [`queue:${one}`, `table:${one}`].map(dataVariable).concat(urlVariable(one));
        expect(variables.every((variable) => /^[A-Z][A-Z0-9_]*$/.test(variable))).toBe(true);
        expect(new Set(variables).size).toBe(3);
        if (one !== other) expect(urlVariable(one)).not.toBe(urlVariable(other));
      }),
    );
  });
});

describe("a variable", () => {
  const data = { queues: { orders: { keep: true } } };

  it.each<[string, object, RegExp]>([
    [
      "KEEP_ALIVE_SECONDS of the stack",
      { environment: { KEEP_ALIVE_SECONDS: "1" } },
      /"1" is set by the stack; remove it/,
    ],
    [
      "PORT of the stack, as a secret",
      { secrets: { PORT: { secretArn } } },
      /secrets.PORT: .* is set by the stack; write/,
    ],
    [
      "the address of a data service",
      { uses: ["queue:orders"], environment: { ORDERS_QUEUE_URL: "a" } },
      /environment.ORDERS_QUEUE_URL: "a" is set by the stack; remove it/,
    ],
    [
      "the address of the collector",
      { telemetry: {}, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: "a" } },
      /environment.OTEL_EXPORTER_OTLP_ENDPOINT: "a" is set by the stack; remove it/,
    ],
    [
      "plain and a secret",
      { environment: { STRIPE: "a" }, secrets: { STRIPE: { secretArn } } },
      /orders.environment.STRIPE: "a" is also in `secrets`; remove one of the two/,
    ],
    [
      "plain and a secret of a sidecar",
      { sidecars: { envoy: { ...sidecar, environment: { STRIPE: "a" }, secrets: { STRIPE: { secretArn } } } } },
      /orders.sidecars.envoy.environment.STRIPE: "a" is also in `secrets`; remove one of the two/,
    ],
  ])("is never set twice: %s", (_, fields, message) => {
    expect(problems({ data, ...web(fields) })).toMatch(message);
  });

  it("is never both the URL of a queue and of a service", () => {
    const called = { ...minimalService, routes: ["/queue"], listenerPort: 81 };
    const services = (fields: object) => ({ "orders-queue": called, mailer: { kind: "worker", ...fields } });
    const calls = ["orders-queue"];
    const found =
      /mailer.calls\[0\]: "orders-queue" has the variable ORDERS_QUEUE_URL, as has queue:orders; rename one of the two/;
    expect(problems({ data, discovery: "cloud-map", services: services({ calls, queue: "orders" }) })).toMatch(found);
    expect(problems({ data, discovery: "cloud-map", services: services({ calls, uses: ["queue:orders"] }) })).toMatch(
      found,
    );
    expect(problems({ data, discovery: "cloud-map", services: services({ calls }) })).toBe("");
  });

  it("has one variable for a queue that a worker both sends to and consumes", () => {
    const mailer = { kind: "worker", queue: "orders", uses: ["queue:orders"] };
    expect(problems({ data, services: { orders: minimalService, mailer } })).toBe("");
  });

  it("may be any variable that the stack does not set", () => {
    const environment = { ORDERS_QUEUE_URL: "a", OTEL_EXPORTER_OTLP_ENDPOINT: "b", toString: "c" };
    expect(problems({ data, ...web({ environment, secrets: { constructor: { secretArn } } }) })).toBe("");
  });
});
