import { sidecar } from "../../../schema/services/container";
import { problems, web } from "../../fixtures/problems";

const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1";
const smallest = { image, memoryMiB: 64 };
const healthCheck = { command: ["/bin/check"] };
const envoy = (fields: object) => web({ sidecars: { envoy: { ...smallest, ...fields } } });

describe("a sidecar", () => {
  it("is essential, read-only, not root and without dependents by default", () => {
    expect(sidecar.parse(smallest)).toEqual({
      ...smallest,
      cpu: 0,
      essential: true,
      environment: {},
      secrets: {},
      user: "1000:1000",
      readonlyRootFilesystem: true,
    });
  });

  it.each<[string, object]>([
    [
      "a program, a share and a user of its own",
      { command: ["envoy"], cpu: 64, user: "101", readonlyRootFilesystem: false },
    ],
    ["variables of its own", { environment: { PORT: "1", LOG: "info" } }],
    ["waited for until it starts", { dependencyCondition: "start" }],
    ["waited for until it is well", { dependencyCondition: "healthy", healthCheck }],
    ["waited for until it has ended", { dependencyCondition: "complete", essential: false }],
    ["waited for until it has ended well", { dependencyCondition: "success", essential: false }],
    ["as small as ECS takes", { memoryMiB: 6 }],
  ])("may be given %s", (_, fields) => {
    expect(problems(envoy(fields))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["no image", { image: undefined }, /sidecars.envoy.image: is missing; write one such as "public.ecr.aws/],
    [
      "no memory",
      { memoryMiB: undefined },
      /sidecars.envoy.memoryMiB: is missing; must be a whole number from 6 to 122880/,
    ],
    ["less memory than ECS takes", { memoryMiB: 5 }, /envoy.memoryMiB: 5 must be a whole number from 6 to/],
    ["less than no CPU", { cpu: -1 }, /envoy.cpu: -1 must be a whole number from 0 to 16384/],
    [
      "no program in its command",
      { command: [] },
      /envoy.command: \[\] must not be empty; write a program, or leave it out/,
    ],
    [
      "root as its user",
      { user: "0" },
      /envoy.user: "0" must be a user other than root; write one such as "1000:1000"/,
    ],
    [
      'dependencyCondition "running"',
      { dependencyCondition: "running" },
      /envoy.dependencyCondition: "running" must be one of "start", "healthy", "success", "complete"/,
    ],
    [
      "the condition healthy without a health check",
      { dependencyCondition: "healthy" },
      /envoy.dependencyCondition: "healthy" cannot be met without a healthCheck; write one/,
    ],
    [
      "an end that ends the task",
      { dependencyCondition: "complete" },
      /envoy.essential: .* stops the task when the container exits; write false for a container that others wait to/,
    ],
    [
      "a success that ends the task",
      { dependencyCondition: "success", essential: true },
      /envoy.essential: true stops the task when the container exits; write false for a container that others wait to/,
    ],
    ["a text as a boolean", { essential: "yes" }, /envoy.essential: "yes" must be true or false/],
    [
      "a password",
      { environment: { DB_PASSWORD: "hunter2" } },
      /DB_PASSWORD: "\(hidden\)" is a secret, by its name; store it in Secrets Manager or Parameter Store, and write its/,
    ],
    ["a field that does not exist", { port: 1 }, /sidecars.envoy.port: 1 is not a field of a stage file; remove it/],
    [
      "a check slower than its interval",
      { healthCheck: { ...healthCheck, intervalSeconds: 5 } },
      /envoy.healthCheck.timeoutSeconds: 5 must be below intervalSeconds; write a shorter time/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(envoy(fields))).toMatch(message);
  });

  it.each(["orders", "log-router", "collector"])("has a name of its own, never %s", (name) => {
    expect(problems(web({ sidecars: { [name]: smallest } }))).toMatch(
      new RegExp(`orders.sidecars.${name}: .* is the name of another container of the task; write another`),
    );
  });

  it("has a name that ECS accepts", () => {
    expect(problems(web({ sidecars: { Envoy: smallest } }))).toMatch(
      /sidecars.Envoy: "Envoy" must be a name; write lower/,
    );
    expect(problems(web({ sidecars: { ["e".repeat(25)]: smallest } }))).toMatch(/write at most 24 characters/);
  });
});
