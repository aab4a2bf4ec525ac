import { job, problems, web, worker } from "../../fixtures/problems";

describe("a value of the wrong type", () => {
  it.each<[string, object, RegExp]>([
    ["a text for a list", web({ uses: "uploads" }), /orders.uses: "uploads" must be a list; write \[ ... \]/],
    ["a text for a command", web({ command: "node x" }), /orders.command: "node x" must be a list; write \[ ... \]/],
    ["a list for names", web({ environment: [] }), /orders.environment: \[\] must be an object; write \{ name: ... \}/],
    ["a list for sidecars", web({ sidecars: [] }), /orders.sidecars: \[\] must be an object; write \{ name: ... \}/],
    ["a text for files", web({ fileSystem: "/a" }), /orders.fileSystem: "\/a" must be an object; write \{ ... \}/],
    ["a switch for telemetry", web({ telemetry: true }), /orders.telemetry: true must be an object; write \{ ... \}/],
    ["a number for scaling", web({ scaling: 5 }), /orders.scaling: 5 must be an object; write \{ ... \}/],
    ["a number for a text", web({ environment: { A: 5 } }), /orders.environment.A: 5 must be a string/],
    [
      "a text for a union",
      web({ logs: "awslogs" }),
      /orders.logs: "awslogs" must be an object; write \{ driver: "awslogs", ... \}/,
    ],
    ["a text for a size", web({ size: "small" }), /orders.size: "small" must be a CPU size of Fargate; write 256, 512/],
    ["a number for a queue", worker({ queue: 5 }), /mailer.queue: 5 must be a string/],
    ["a number for a schedule", job({ schedule: 5 }), /cleaner.schedule: 5 must be a schedule; write one such as/],
    ["a list for stores", { data: [] }, /data: \[\] must be an object; write \{ ... \}/],
    ["a switch for uploads", { data: { uploads: true } }, /data.uploads: true must be an object; write \{ ... \}/],
    [
      "nothing where there must be something",
      web({ healthCheck: {} }),
      /orders.healthCheck.container: is missing; write \{ ... \}/,
    ],
  ])("is refused with the fields of the stage file: %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
    expect(problems(fields)).not.toContain("Invalid input");
  });
});
