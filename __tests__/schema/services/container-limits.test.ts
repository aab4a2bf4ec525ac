import { problems, web } from "../../fixtures/problems";

describe("the container of a service", () => {
  it.each<[string, object, RegExp]>([
    ["no program in its command", { command: [] }, /command: \[\] must not be empty; write a program, or leave it out/],
    ["an unknown architecture", { architecture: "arm64" }, /"arm64" must be one of "ARM64", "X86_64"/],
    [
      "an unknown capacity",
      { capacity: { mode: "fargate" } },
      /capacity.mode: "fargate" must be one of "on-demand", "spot", "mixed"/,
    ],
    [
      "a base on Spot",
      { capacity: { mode: "spot", onDemandBase: 1 } },
      /capacity.onDemandBase: 1 is not a field of a stage file; remove it/,
    ],
    ["no base", { capacity: { mode: "mixed", onDemandBase: 0 } }, /onDemandBase: 0 must be .* from 1 to 5000/],
    ["the disk that AWS gives anyway", { ephemeralStorageGiB: 20 }, /GiB: 20 must be .* from 21 to 200/],
    ["a larger disk than AWS has", { ephemeralStorageGiB: 201 }, /GiB: 201 must be .* from 21 to 200/],
    [
      "a mount point without a slash",
      { fileSystem: { mountPath: "files" } },
      /mountPath: "files" must be an absolute path; write one such as "\/tmp"/,
    ],
    [
      "a mount point at the root",
      { fileSystem: { mountPath: "/" } },
      /mountPath: "\/" must be an absolute path; write one such as "\/tmp"/,
    ],
    [
      "a writable path without a slash",
      { tmpfs: { tmp: { sizeMiB: 1 } } },
      /tmpfs.tmp: "tmp" must be an absolute path; write one such as "\/tmp"/,
    ],
    [
      "a writable path of no size",
      { tmpfs: { "/tmp": {} } },
      /tmpfs.\/tmp.sizeMiB: is missing; must be a whole number from 1 to 122880/,
    ],
    [
      "user 00, who is root",
      { user: "00:1000" },
      /user: "00:1000" must be a user other than root; write one such as "1000:1000"/,
    ],
    [
      "a text as readonlyRootFilesystem",
      { readonlyRootFilesystem: "no" },
      /readonlyRootFilesystem: "no" must be true or false/,
    ],
    ["an init process by name", { initProcessEnabled: "tini" }, /initProcessEnabled: "tini" must be true or false/],
    ["fewer open files than a program needs", { openFileLimit: 1023 }, /openFileLimit: 1023 must be .* 1024 to/],
    ["too short a time to stop", { stopTimeoutSeconds: 1 }, /stopTimeoutSeconds: 1 must be .* from 2 to 120/],
    ["too long a time to stop", { stopTimeoutSeconds: 121 }, /stopTimeoutSeconds: 121 must be .* 2 to 120/],
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
    ["exit code 256", { restartPolicy: { ignoredExitCodes: [256] } }, /ignoredExitCodes\[0\]: 256 .* from 0 to 255/],
    [
      "more exit codes than AWS takes",
      { restartPolicy: { ignoredExitCodes: Array.from({ length: 51 }, (_, code) => code) } },
      /ignoredExitCodes: .* is longer than AWS allows; write at most 50 codes/,
    ],
    ["half a task", { desiredCount: 0.5 }, /desiredCount: 0.5 must be a whole number from 0 to 5000/],
    [
      "a one-off task without a program",
      { tasks: { migrate: { command: [] } } },
      /migrate.command: \[\] must not be empty; write a/,
    ],
    [
      "a one-off task without a command",
      { tasks: { migrate: {} } },
      /tasks.migrate.command: is missing; write the program/,
    ],
    [
      "a one-off task whose name is too long",
      { tasks: { ["m".repeat(17)]: { command: ["node"] } } },
      /tasks.m+: "m+" is too long for AWS names; write at most 16 characters/,
    ],
    [
      "a one-off task in capitals",
      { tasks: { Migrate: { command: ["node"] } } },
      /"Migrate" must be a name; write lower-case/,
    ],
    [
      "a time to drain above the load balancer's",
      { deregistrationDelaySeconds: 3601 },
      /deregistrationDelaySeconds: 3601 must be .* 0 to 3600/,
    ],
    ["no route", { routes: [] }, /services.orders.routes: \[\] must not be empty; write one route/],
    [
      "a shell in a root that is read-only",
      { enableExecuteCommand: true },
      /enableExecuteCommand: true needs a writable root file system; write readonlyRootFilesystem: false, or/,
    ],
    [
      "files of a user without a number",
      { fileSystem: { mountPath: "/files" }, user: "node" },
      /orders.user: "node" must be numeric with a fileSystem; write one such as "1000:1000"/,
    ],
    [
      "files of a group without a number",
      { fileSystem: { mountPath: "/files" }, user: "1000:node" },
      /orders.user: "1000:node" must be numeric with a fileSystem; write one such as "1000:1000"/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(web(fields))).toMatch(message);
  });

  it("may have a named user without a file system", () => {
    expect(problems(web({ user: "node:node" }))).toBe("");
  });
});
