import { job, problems, web, worker } from "../../fixtures/problems";
import { minimalService, stageWith } from "../../fixtures/stage";

describe("the kind of a service", () => {
  it("may be web, worker and job side by side", () => {
    const { services } = stageWith({
      services: {
        orders: minimalService,
        mailer: { kind: "worker" },
        cleaner: { kind: "job", schedule: "rate(1 hour)" },
      },
    });
    expect(Object.values(services).map(({ kind }) => kind)).toEqual(["web", "worker", "job"]);
  });

  it.each<[string, object, RegExp]>([
    ['"batch"', web({ kind: "batch" }), /services.orders.kind: "batch" must be one of "web", "worker", "job"/],
    [
      "that is missing",
      web({ kind: undefined }),
      /services.orders.kind: is missing; must be one of "web", "worker", "job"/,
    ],
    [
      "without a service that receives requests",
      { services: { mailer: { kind: "worker" } } },
      /services: .* must hold a service that receives requests; write one of kind "web"/,
    ],
    [
      "of a service that must be an object",
      { services: { orders: 7 } },
      /services.orders: 7 must be an object; write \{ kind: "web", ... \}/,
    ],
    [
      "of services that are a list",
      { services: [minimalService] },
      /services: .* must be an object; write services by name/,
    ],
  ])("is refused with one %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });
});

describe("a worker", () => {
  it.each<[string, object, RegExp]>([
    [
      "a route",
      { routes: ["/a"] },
      /mailer.routes: \["\/a"\] are not supported by workers; remove them, or write kind: "web"/,
    ],
    ["a port", { port: 80 }, /mailer.port: 80 is not supported by workers; remove it, or write kind: "web"/],
    [
      "a schedule",
      { schedule: "rate(1 hour)" },
      /mailer.schedule: "rate\(1 hour\)" is not a field of a stage file; remove it/,
    ],
    ["a listener", { listenerPort: 80 }, /mailer.listenerPort: 80 is not a field of a stage file; remove it/],
    [
      "a time to drain",
      { deregistrationDelaySeconds: 5 },
      /mailer.deregistrationDelaySeconds: 5 is not a field of a stage file; remove it/,
    ],
    [
      "a load balancer's health check",
      { healthCheck: { container: { command: ["node"] }, target: {} } },
      /mailer.healthCheck.target: \{\} is not a field of a stage file; remove it/,
    ],
    [
      "a way to shift requests",
      { deployment: { strategy: "blue-green" } },
      /strategy: "blue-green" must be "rolling" for a service without requests; write "rolling"/,
    ],
    [
      "a time for the load balancer's checks",
      { deployment: { strategy: "rolling", healthCheckGracePeriodSeconds: 5 } },
      /mailer.deployment.healthCheckGracePeriodSeconds: 5 is not a field of a stage file; remove it/,
    ],
    [
      "scaling by requests",
      { scaling: { minimum: 1, maximum: 2, requestsPerTarget: 5 } },
      /mailer.scaling.requestsPerTarget: 5 is not a field of a stage file; remove it/,
    ],
    [
      "a field that does not exist",
      { imagee: "a" },
      /mailer.imagee: "a" is not a field of a stage file; did you mean "image"\?/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(worker(fields))).toMatch(message);
  });
});

describe("a job", () => {
  it.each<[string, object, RegExp]>([
    [
      "a route",
      { routes: ["/a"] },
      /cleaner.routes: \["\/a"\] are not supported by jobs; remove them, or write kind: "web"/,
    ],
    [
      "scaling",
      { scaling: { minimum: 1, maximum: 2 } },
      /cleaner.scaling: .* is not supported by jobs; remove it, or write kind: "worker"/,
    ],
    ["a port", { port: 80 }, /cleaner.port: 80 is not a field of a stage file; remove it/],
    ["a number of tasks", { desiredCount: 2 }, /cleaner.desiredCount: 2 is not a field of a stage file; remove it/],
    [
      "a shell",
      { enableExecuteCommand: true },
      /cleaner.enableExecuteCommand: true is not a field of a stage file; remove it/,
    ],
    [
      "a deployment",
      { deployment: { strategy: "rolling" } },
      /cleaner.deployment: .* is not a field of a stage file; remove/,
    ],
    ["a queue", { queue: "orders" }, /cleaner.queue: "orders" is not a field of a stage file; remove it/],
    ["a health check", { healthCheck: {} }, /cleaner.healthCheck: \{\} is not a field of a stage file; remove it/],
    ["one-off tasks", { tasks: {} }, /cleaner.tasks: \{\} is not a field of a stage file; remove it/],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(job(fields))).toMatch(message);
  });
});

describe("a web service", () => {
  it.each<[string, object, RegExp]>([
    ["a queue of its own", { queue: "orders" }, /orders.queue: "orders" is not a field of a stage file; remove it/],
    [
      "a schedule",
      { schedule: "rate(1 hour)" },
      /orders.schedule: "rate\(1 hour\)" is not a field of a stage file; remove it/,
    ],
    [
      "scaling by a backlog",
      { scaling: { minimum: 1, maximum: 2, backlogPerTask: 5 } },
      /orders.scaling.backlogPerTask: 5 is not a field of a stage file; remove it/,
    ],
    [
      "a field that does not exist",
      { prt: 80 },
      /orders.prt: 80 is not a field of a stage file; did you mean "port"\?/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(web(fields))).toMatch(message);
  });
});
