import { problems, web } from "../../fixtures/problems";

describe("the container of a service", () => {
  it.each<[string, object, RegExp]>([
    ["no program in its command", { command: [] }, /command: \[\] is empty; write a program, or leave it out/],
    ["an unknown architecture", { architecture: "arm64" }, /"arm64" is no architecture; write "ARM64" or "X86_64"/],
    [
      "an unknown capacity",
      { capacity: { mode: "fargate" } },
      /capacity.mode: "fargate" is no capacity; write "on-demand", "spot" or "mixed"/,
    ],
    [
      "a base on Spot",
      { capacity: { mode: "spot", onDemandBase: 1 } },
      /capacity.onDemandBase: 1 is not a field of a stage file; remove it/,
    ],
    ["no base", { capacity: { mode: "mixed", onDemandBase: 0 } }, /onDemandBase: 0 is out of range; .* from 1 to 5000/],
    ["the disk that AWS gives anyway", { ephemeralStorageGiB: 20 }, /GiB: 20 is out of range; .* from 21 to 200/],
    ["a larger disk than AWS has", { ephemeralStorageGiB: 201 }, /GiB: 201 is out of range; .* from 21 to 200/],
    [
      "a mount point that is no path",
      { fileSystem: { mountPath: "files" } },
      /mountPath: "files" is no path; write one/,
    ],
    ["a mount point at the root", { fileSystem: { mountPath: "/" } }, /mountPath: "\/" is no path; write one such/],
    ["a writable path without a slash", { tmpfs: { tmp: { sizeMiB: 1 } } }, /tmpfs.tmp: "tmp" is no path/],
    ["a writable path of no size", { tmpfs: { "/tmp": {} } }, /tmpfs.\/tmp.sizeMiB: is missing; write a/],
    ["user 00, who is root", { user: "00:1000" }, /user: "00:1000" is no user; write one that is not root/],
    [
      "a root that is perhaps writable",
      { readonlyRootFilesystem: "no" },
      /readonlyRootFilesystem: "no" is no switch; write true or false/,
    ],
    [
      "an init process by name",
      { initProcessEnabled: "tini" },
      /initProcessEnabled: "tini" is no switch; write true or false/,
    ],
    [
      "fewer open files than a program needs",
      { openFileLimit: 1023 },
      /openFileLimit: 1023 is out of range; .* 1024 to/,
    ],
    ["too short a time to stop", { stopTimeoutSeconds: 1 }, /stopTimeoutSeconds: 1 is out of range; .* from 2 to 120/],
    ["too long a time to stop", { stopTimeoutSeconds: 121 }, /stopTimeoutSeconds: 121 is out of range; .* 2 to 120/],
    [
      "a restart at once",
      { restartPolicy: { restartAttemptPeriodSeconds: 59 } },
      /restartAttemptPeriodSeconds: 59 .* from 60 to 1800/,
    ],
    [
      "a late restart",
      { restartPolicy: { restartAttemptPeriodSeconds: 1801 } },
      /restartAttemptPeriodSeconds: 1801 .* from 60 to 1800/,
    ],
    [
      "an exit code that is none",
      { restartPolicy: { ignoredExitCodes: [256] } },
      /ignoredExitCodes\[0\]: 256 .* from 0 to 255/,
    ],
    [
      "more exit codes than AWS takes",
      { restartPolicy: { ignoredExitCodes: Array.from({ length: 51 }, (_, code) => code) } },
      /ignoredExitCodes: .* is too long; write at most 50/,
    ],
    ["half a task", { desiredCount: 0.5 }, /desiredCount: 0.5 is out of range; write a whole number from 0 to 5000/],
    [
      "a one-off task without a program",
      { tasks: { migrate: { command: [] } } },
      /migrate.command: \[\] is empty; write a/,
    ],
    [
      "a one-off task without a command",
      { tasks: { migrate: {} } },
      /tasks.migrate.command: is missing; write the program/,
    ],
    [
      "a one-off task whose name is too long",
      { tasks: { ["m".repeat(17)]: { command: ["node"] } } },
      /tasks.m+: "m+" breaks AWS's limits on names; write at most 16 characters/,
    ],
    [
      "a one-off task in capitals",
      { tasks: { Migrate: { command: ["node"] } } },
      /"Migrate" is no name; write lower-case/,
    ],
    [
      "a time to drain above the load balancer's",
      { deregistrationDelaySeconds: 3601 },
      /deregistrationDelaySeconds: 3601 is out of range; .* 0 to 3600/,
    ],
    ["no route", { routes: [] }, /services.orders.routes: \[\] is empty; write one route/],
    [
      "a shell in a root that is read-only",
      { enableExecuteCommand: true },
      /enableExecuteCommand: true needs a root that can be written to; write writableRoot/,
    ],
    [
      "files of a user without a number",
      { fileSystem: { mountPath: "/files" }, user: "node" },
      /orders.user: "node" is no number, by which fileSystem knows who owns its files; write one such as "1000:1000"/,
    ],
    [
      "files of a group without a number",
      { fileSystem: { mountPath: "/files" }, user: "1000:node" },
      /orders.user: "1000:node" is no number, by which fileSystem knows/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(web(fields))).toMatch(message);
  });

  it("may belong to a user by name where no files ask for the number", () => {
    expect(problems(web({ user: "node:node" }))).toBe("");
  });
});
