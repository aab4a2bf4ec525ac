import { problemsOf } from "../../../schema/problems";
import { redis } from "../../../schema/data/redis";

const group = { kind: "replication-group" };
const serverless = { kind: "serverless" };

function problems(input: object): string[] {
  const { error } = redis.safeParse(input);
  return error === undefined
    ? []
    : problemsOf("stage.ts", input, error).map(({ field, message }) => `${field}: ${message}`);
}

describe("a cache", () => {
  it("of servers asks for nothing but its kind", () => {
    expect(redis.parse(group)).toEqual({
      kind: "replication-group",
      engine: "valkey",
      nodeType: "cache.t4g.micro",
      replicas: 1,
      snapshotRetentionDays: 7,
      snapshotWindow: "03:00-04:00",
      maintenanceWindow: "sun:05:00-sun:06:00",
      finalSnapshot: false,
      applyImmediately: false,
      keep: false,
    });
  });

  it("without servers asks for nothing but its kind", () => {
    expect(redis.parse(serverless)).toEqual({
      kind: "serverless",
      engine: "valkey",
      maximumGb: 5,
      maximumEcpus: 5000,
      snapshotRetentionDays: 7,
      keep: false,
    });
  });

  it.each<[string, object, RegExp]>([
    ["an unknown kind", { kind: "memcached" }, /^kind: is no kind; write "replication-group" or "serverless"/],
    ["an unknown engine", { ...group, engine: "keydb" }, /^engine: is no engine; write "valkey" or "redis"/],
    [
      "a version of the other engine",
      { ...group, engineVersion: "7.1" },
      /^engineVersion: is no version of valkey .*; write one of 7.2/,
    ],
    [
      "a version without IAM",
      { ...group, engine: "redis", engineVersion: "6.2" },
      /^engineVersion: is no version of redis .* 7.0, 7.1/,
    ],
    ["a type that is none", { ...group, nodeType: "t4g.micro" }, /^nodeType: is no type of ElastiCache; write one/],
    ["too many replicas", { ...group, replicas: 6 }, /^replicas: is out of range; write a whole number from 0 to 5/],
    ["a password", { ...group, password: "x" }, /^password: must stand in no file; remove it/],
    ["a password without servers", { ...serverless, password: "x" }, /^password: must stand in no file; remove it/],
    [
      "a snapshot during maintenance",
      { ...group, snapshotWindow: "05:00-06:00" },
      /^snapshotWindow: overlaps the maintenance at sun:05:00-sun:06:00; write another time/,
    ],
    [
      "a short window",
      { ...group, snapshotWindow: "04:00-04:30" },
      /^snapshotWindow: is too short; write .* 60 minutes/,
    ],
    [
      "a version without servers",
      { ...serverless, engineVersion: "8.0" },
      /^engineVersion: is AWS's choice in a serverless cache/,
    ],
    ["replicas without servers", { ...serverless, replicas: 1 }, /^replicas: is AWS's choice in a serverless cache/],
    [
      "a type without servers",
      { ...serverless, nodeType: "cache.t4g.micro" },
      /^nodeType: is of kind "replication-group"/,
    ],
  ])("refuses %s", (_, input, message) => {
    expect(problems(input)).toEqual([expect.stringMatching(message)]);
  });
});
