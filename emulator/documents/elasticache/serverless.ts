import { list, object, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidValue as invalid } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";

/** Engine and subnets of a new serverless cache. */
export const newServerlessCaches: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateServerlessCache"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html",
  check: (input) => firstRefusal([engine, subnets], input),
};

/** Limits and snapshots of a serverless cache. */
export const serverlessCaches: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateServerlessCache", "ModifyServerlessCache"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html",
  check: (input) => firstRefusal([limits, snapshots], input),
};

const majors: Readonly<Record<string, RegExp | undefined>> = {
  redis: /^7$/,
  valkey: /^([789]|1\d)$/,
  memcached: /^1\.6$/,
};

/** The least and the most of each limit. */
const ranges = [
  ["DataStorage", 1, 5000, "GB"],
  ["ECPUPerSecond", 1000, 15_000_000, "ECPUs per second"],
] as const;

function engine({ Engine, MajorEngineVersion }: JsonObject): Refusal | undefined {
  const [name, version] = [text(Engine).toLowerCase(), text(MajorEngineVersion)];
  const known = majors[name];
  if (!known) return invalid(`Invalid engine of a serverless cache: ${text(Engine)}.`);
  return version === "" || known.test(version)
    ? undefined
    : invalid(`Cannot find the major version ${version} for ${name}.`);
}

function subnets({ SubnetIds }: JsonObject): Refusal | undefined {
  const count = list(SubnetIds).length;
  return isSet(SubnetIds) && (count < 2 || count > 3)
    ? invalid("A serverless cache must have two or three subnets, each in another Availability Zone.")
    : undefined;
}

function limits({ CacheUsageLimits }: JsonObject): Refusal | undefined {
  for (const [name, least, most, unit] of ranges) {
    const { Minimum, Maximum } = object(object(CacheUsageLimits)[name]);
    if ([Minimum, Maximum].some((value) => isLimit(value) && isOutside(value, least, most))) {
      return invalid(`The limits of ${name} must be between ${least} and ${most} ${unit}.`);
    }
    if (isLimit(Minimum) && isLimit(Maximum) && (numberOf(Minimum) ?? 0) > (numberOf(Maximum) ?? 0)) {
      return invalid(`The minimum of ${name} must not be greater than its maximum.`);
    }
  }
  return undefined;
}

/** Whether a limit is set: 0 is what the AWS provider sends for none. */
function isLimit(value: JsonValue): boolean {
  return (numberOf(value) ?? 0) !== 0;
}

function snapshots({ SnapshotRetentionLimit, DailySnapshotTime }: JsonObject): Refusal | undefined {
  if (isOutside(SnapshotRetentionLimit, 0, 35)) {
    return invalid("SnapshotRetentionLimit must be between 0 and 35 days.");
  }
  const time = text(DailySnapshotTime);
  return time === "" || /^([01]?\d|2[0-3]):[0-5]\d$/.test(time)
    ? undefined
    : invalid(`Invalid daily snapshot time: ${time}. It must be in the format hh24:mi.`);
}
