import { problems } from "../../fixtures/problems";
import { minimalService } from "../../fixtures/stage";

const orders = (fields: object) => ({ ...minimalService, ...fields });
const users = { ...minimalService, routes: ["/users/*"], listenerPort: 8081 };
const mailer = (fields: object = {}) => ({ kind: "worker", ...fields });
const cleaner = (fields: object = {}) => ({ kind: "job", schedule: "rate(1 hour)", ...fields });
const table = { partitionKey: { name: "id", type: "string" } };

describe("the data services that a service uses", () => {
  it("may be all that the stage has", () => {
    const data = { uploads: {}, queues: { mails: {} }, tables: { users: table } };
    const uses = ["uploads", "queue:mails", "table:users"];
    const services = { orders: orders({ uses }), mailer: mailer({ queue: "mails", uses }), cleaner: cleaner({ uses }) };
    expect(problems({ data, services })).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "an unknown kind of data service",
      { services: { orders: orders({ uses: ["bucket:a"] }) } },
      /uses\[0\]: "bucket:a" must be a data service; write "postgres", "redis", "uploads", or "queue:", "table:",/,
    ],
    [
      "a data service that the stage does not have",
      { services: { orders: orders({ uses: ["uploads"] }) } },
      /uses\[0\]: "uploads" must be a data service of the stage, which has none; write data.uploads, or remove it/,
    ],
    [
      "a queue that the stage does not have",
      { data: { queues: { mails: {} } }, services: { orders: orders({ uses: ["queue:mail"] }) } },
      /uses\[0\]: "queue:mail" must be a data service of the stage, which has queue:mails; write data.queues.mail, or remove it/,
    ],
    [
      "a table of a queue's name",
      { data: { queues: { mails: {} } }, services: { orders: orders({ uses: ["table:mails"] }) } },
      /uses\[0\]: "table:mails" must be a data service of the stage, which has queue:mails; write data.tables.mails/,
    ],
    [
      "a data service twice",
      { data: { uploads: {} }, services: { orders: orders({ uses: ["uploads", "uploads"] }) } },
      /orders.uses: .* must not contain the same data service twice; write each once/,
    ],
    [
      "a queue to empty that the stage does not have",
      { services: { orders: orders({}), mailer: mailer({ queue: "mails" }) } },
      /mailer.queue: "mails" must be a queue of the stage, which has none; write data\.queues\.mails/,
    ],
    [
      "a queue to empty that JavaScript knows",
      { services: { orders: orders({}), mailer: mailer({ queue: "constructor" }) } },
      /mailer.queue: "constructor" cannot be the name of a construct; choose another one/,
    ],
  ])("are never %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("are also required by the API's uploads", () => {
    const ingress = {
      kind: "rest-api",
      via: "nlb",
      throttling: { ratePerSecond: 1, burst: 1 },
      waf: {},
      uploads: { contentTypes: ["image/png"] },
    };
    expect(problems({ ingress })).toMatch(/ingress.uploads: .* need a bucket; write data\.uploads: \{\}/);
    expect(problems({ ingress, data: { uploads: {} } })).toBe("");
  });
});

describe("the services that a service calls", () => {
  const calling = (calls: string[], more: object = {}) => ({
    discovery: "service-connect",
    services: { orders: orders({ calls }), users, mailer: mailer() },
    ...more,
  });

  it.each(["service-connect", "cloud-map"])("are found by %s", (discovery) => {
    expect(problems(calling(["users"], { discovery }))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "one that the stage does not have",
      calling(["user"]),
      /orders.calls\[0\]: "user" must be a service of the stage; write one of orders, users/,
    ],
    ["itself", calling(["orders"]), /orders.calls\[0\]: "orders" is the service itself; remove it/],
    ["a worker", calling(["mailer"]), /calls\[0\]: "mailer" receives no requests; write a service of kind "web"/],
    [
      "one of them twice",
      calling(["users", "users"]),
      /orders.calls: .* must not contain the same service twice; write each once/,
    ],
    [
      "found on a stage without names",
      calling(["users"], { discovery: "none" }),
      /orders.calls: \["users"\] need service discovery; write discovery: "service-connect" on the stage/,
    ],
    [
      "found on a stage that does not say how",
      calling(["users"], { discovery: undefined }),
      /orders.calls: \["users"\] need service discovery; write discovery: "service-connect" on the stage/,
    ],
    [
      "found by a job over Service Connect",
      calling([], { services: { orders: minimalService, cleaner: cleaner({ calls: ["orders"] }) } }),
      /cleaner.calls: \["orders"\] are not supported by jobs with Service Connect; write discovery: "cloud-map"/,
    ],
    [
      "found in another way",
      { discovery: "dns" },
      /discovery: "dns" must be one of "none", "service-connect", "cloud-map"/,
    ],
  ])("are never %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("are found by a job with Cloud Map", () => {
    const services = { orders: minimalService, cleaner: cleaner({ calls: ["orders"] }) };
    expect(problems({ discovery: "cloud-map", services })).toBe("");
  });

  const cyclic = (discovery: string) => {
    const services = {
      orders: orders({ calls: ["users"] }),
      users: { ...users, calls: ["prices", "shop"] },
      prices: { ...users, routes: ["/prices"], listenerPort: 8082 },
      shop: { ...users, routes: ["/shop"], listenerPort: 8083, calls: ["orders"] },
    };
    return problems({ discovery, services });
  };

  it("do not form a cycle over Service Connect, which is reported once with its services", () => {
    expect(cyclic("service-connect")).toMatch(/1 problem in the configuration/);
    expect(cyclic("service-connect")).toMatch(
      /orders.calls: \["users"\] form a cycle over Service Connect, orders -> users -> shop -> orders; write discovery: "cloud-map", or remove one of these calls/,
    );
  });

  it("may form a cycle with Cloud Map", () => {
    expect(cyclic("cloud-map")).toBe("");
  });

  it("are known while they have problems of their own", () => {
    const services = { orders: orders({ calls: ["users"] }), users: { ...users, uses: ["bucket"] } };
    const message = problems({ discovery: "cloud-map", services });
    expect(message).toMatch(/1 problem in the configuration/);
    expect(message).toMatch(/users.uses\[0\]/);
  });
});
