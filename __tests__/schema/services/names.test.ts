import { problems } from "../../fixtures/problems";
import { minimalService } from "../../fixtures/stage";

const command = ["node", "dist/migrate.js"];
const services = (more: object, orders: object = {}) => ({
  services: { orders: { ...minimalService, ...orders }, ...more },
});
const worker = (fields: object = {}) => ({ kind: "worker", ...fields });
const job = { kind: "job", schedule: "rate(1 hour)" };

describe("the name of a service", () => {
  it.each<[string, object, RegExp]>([
    [
      "an upper-case letter",
      services({ Mailer: worker() }),
      /services.Mailer: "Mailer" must be a name; write lower-case letters/,
    ],
    [
      "an underscore",
      services({ send_mail: worker() }),
      /"send_mail" must be a name; write lower-case letters, digits and/,
    ],
    [
      "two hyphens in a row",
      services({ "send--mail": worker() }),
      /"send--mail" must be a name; write lower-case letters/,
    ],
    [
      "a leading digit",
      services({ "2nd": worker() }),
      /"2nd" must be a name; write lower-case letters, digits and single/,
    ],
    [
      "25 characters",
      services({ ["m".repeat(25)]: worker() }),
      /services.m+: "m+" is too long for AWS names; write at most 24 characters/,
    ],
    [
      "the name of the API's log group",
      services({ "api-access": worker() }),
      /services.api-access: .* is the name of a log group of the stack; rename the service/,
    ],
    [
      "the name of the log group of VPC flow logs",
      services({ "vpc-flow-logs": worker() }),
      /vpc-flow-logs: .* is the name of a log group of the stack; rename the service/,
    ],
    [
      "the name of its telemetry collector",
      services({ collector: worker({ telemetry: {} }) }),
      /services.collector: .* is the name of another container of its task; rename the service/,
    ],
    [
      "the name of its log router",
      services({ "log-router": worker({ logs: { driver: "firelens", destination: "s3" } }) }),
      /services.log-router: .* is the name of another container of its task; rename the service/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it.each<[string, object]>([
    ["24 characters", services({ ["m".repeat(24)]: worker() })],
    [
      '"collector" and "log-router" in tasks without these containers',
      services({ collector: worker(), "log-router": worker() }),
    ],
    ["names that resemble those of other resources", services({ "orders-metrics": worker(), sessions: worker() })],
    [
      "the name of a queue",
      {
        ...services({ mails: job, letters: worker() }),
        data: { queues: { mails: { keep: true }, letters: { keep: true } } },
      },
    ],
    ["names that differ in the place of a hyphen", services({ "a-bc": worker(), "ab-c": worker(), abc: worker() })],
  ])("may be %s", (_, fields) => {
    expect(problems(fields)).toBe("");
  });
});

describe("the name of a one-off task", () => {
  it("is refused when a service has the same task definition family", () => {
    expect(problems(services({ "orders-migrate": worker() }, { tasks: { migrate: { command } } }))).toMatch(
      /orders.tasks.migrate: .* has the same task definition family as service "orders-migrate"; write another name/,
    );
  });

  it("is refused when another task has the same task definition family", () => {
    const first = worker({ tasks: { "b-c": { command } } });
    const second = worker({ tasks: { c: { command } } });
    expect(problems(services({ a: first, "a-b": second }))).toMatch(
      /a-b.tasks.c: .* has the same task definition family as task "b-c" of "a"; write another name/,
    );
  });

  it("may be the name of another service's task", () => {
    const tasks = { migrate: { command } };
    expect(problems(services({ mailer: worker({ tasks }) }, { tasks }))).toBe("");
  });
});
