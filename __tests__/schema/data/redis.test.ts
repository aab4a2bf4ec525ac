import { problemsOf } from "../../../schema/issues";
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
  it("of nodes requires only its kind", () => {
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

  it("without nodes requires only its kind", () => {
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
    ["an unknown kind", { kind: "memcached" }, /^kind: must be one of "replication-group", "serverless"/],
    ["an unknown engine", { ...group, engine: "keydb" }, /^engine: must be one of "valkey", "redis"/],
    [
      "a version of the other engine",
      { ...group, engineVersion: "7.1" },
      /^engineVersion: must be a version of valkey with IAM authentication; write one of 7\.2, 8\.0, 8\.1, 8\.2, 9\.0/,
    ],
    [
      "a version without IAM",
      { ...group, engine: "redis", engineVersion: "6.2" },
      /^engineVersion: must be a version of redis with IAM authentication; write one of 7\.0, 7\.1/,
    ],
    [
      "a node type without its prefix",
      { ...group, nodeType: "t4g.micro" },
      /^nodeType: must be a node type of ElastiCache; write one such as "cache\.t4g\.micro"/,
    ],
    ["too many replicas", { ...group, replicas: 6 }, /^replicas: must be a whole number from 0 to 5/],
    [
      "a password",
      { ...group, password: "x" },
      /^password: must not be in a file; remove it, services authenticate with their IAM roles/,
    ],
    [
      "a password without servers",
      { ...serverless, password: "x" },
      /^password: must not be in a file; remove it, services authenticate with their IAM roles/,
    ],
    [
      "a snapshot during maintenance",
      { ...group, snapshotWindow: "05:00-06:00" },
      /^snapshotWindow: must not overlap the maintenance window sun:05:00-sun:06:00; write another time/,
    ],
    [
      "a short window",
      { ...group, snapshotWindow: "04:00-04:30" },
      /^snapshotWindow: is too short; write .* 60 minutes/,
    ],
    [
      "a version without servers",
      { ...serverless, engineVersion: "8.0" },
      /^engineVersion: is chosen by AWS in a serverless cache; leave it out/,
    ],
    [
      "replicas without servers",
      { ...serverless, replicas: 1 },
      /^replicas: is chosen by AWS in a serverless cache; leave it out/,
    ],
    [
      "a type without servers",
      { ...serverless, nodeType: "cache.t4g.micro" },
      /^nodeType: is supported by kind "replication-group" only; write `maximumGb`/,
    ],
  ])("refuses %s", (_, input, message) => {
    expect(problems(input)).toEqual([expect.stringMatching(message)]);
  });
});
