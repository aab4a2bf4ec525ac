import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { contradiction, invalidValue as invalid } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";
import { dailyWindow, overlaps, weeklyWindow } from "../windows";

/** The name of each in AWS's messages, and its most characters. */
const identifiers = [
  ["ReplicationGroupId", "ReplicationGroupIdentifier", "Replication Group ID", 40],
  ["CacheClusterId", "CacheClusterIdentifier", "Cache Cluster ID", 50],
  ["ServerlessCacheName", "ServerlessCacheName", "Serverless Cache Name", 40],
] as const;

const leastMinutes = 60;

const accessRule =
  /^(on|off|reset\w*|allkeys|allchannels|allcommands|nocommands|clearselectors|sanitize-payload|skip-sanitize-payload|[~&%+@-].+)$/i;

/** Names of caches. */
export const cacheIdentifiers: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateReplicationGroup", "CreateCacheCluster", "CreateServerlessCache"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
  check: identifier,
};

/** Failover and encryption of a replication group. */
export const replicationGroups: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateReplicationGroup"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
  check: (input) => firstRefusal([failover, access, logDelivery], input),
};

/** Failover and tokens of a replication group that changes. */
export const changedReplicationGroups: DocumentCheck = {
  service: "elasticache",
  operations: ["ModifyReplicationGroup"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html",
  check: (input) => {
    const { MultiAZEnabled, AutomaticFailoverEnabled, AuthToken, AuthTokenUpdateStrategy } = input;
    if (MultiAZEnabled === true && AutomaticFailoverEnabled === false) {
      return contradiction("Must specify automatic failover to enable Multi-AZ.");
    }
    const isTokenNeeded = ["SET", "ROTATE"].includes(text(AuthTokenUpdateStrategy));
    return isTokenNeeded && text(AuthToken) === ""
      ? contradiction(`The AuthTokenUpdateStrategy ${text(AuthTokenUpdateStrategy)} requires an AuthToken.`)
      : logDelivery(input);
  },
};

/** When ElastiCache backs up and maintains a cache. */
export const cacheWindows: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateReplicationGroup", "ModifyReplicationGroup", "CreateCacheCluster", "ModifyCacheCluster"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/maintenance-window.html",
  check: (input) => firstRefusal([maintenance, snapshots, separate], input),
};

/** The password of a new user, or that it needs none. */
export const newCacheUsers: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateUser"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
  check: ({ Passwords, AuthenticationMode, NoPasswordRequired }) =>
    list(Passwords).length === 0 && !isSet(AuthenticationMode) && NoPasswordRequired !== true
      ? invalid(
          "No password was provided. If you want to create/update the user without password, please use the NoPasswordRequired flag.",
        )
      : undefined,
};

/** Passwords and names of ElastiCache users. */
export const cacheUsers: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateUser", "ModifyUser"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
  check: (input) => firstRefusal([passwords, iamUser, accessString], input),
};

function identifier(input: JsonObject): Refusal | undefined {
  for (const [parameter, name, title, longest] of identifiers) {
    const written = text(input[parameter]);
    if (written === "") continue;
    if (!/^[a-z](-?[a-z0-9])*$/i.test(written)) {
      return invalid(
        `The parameter ${name} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
      );
    }
    if (written.length > longest) return invalid(`${title} cannot be longer than ${longest} characters.`);
  }
  return undefined;
}

function failover({ AutomaticFailoverEnabled, MultiAZEnabled, NumCacheClusters }: JsonObject): Refusal | undefined {
  if (MultiAZEnabled === true && AutomaticFailoverEnabled !== true) {
    return contradiction("Must specify automatic failover to enable Multi-AZ.");
  }
  return AutomaticFailoverEnabled === true && numberOf(NumCacheClusters) === 1
    ? contradiction("Automatic failover requires at least one replica.")
    : undefined;
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
function access(input: JsonObject): Refusal | undefined {
  const { AuthToken, UserGroupIds, TransitEncryptionEnabled, TransitEncryptionMode } = input;
  const token = text(AuthToken);
  if (isSet(TransitEncryptionMode) && TransitEncryptionEnabled !== true) {
    return contradiction("TransitEncryptionMode can only be specified when encryption-in-transit is enabled.");
  }
  // Valkey is encrypted by default: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
  const { AtRestEncryptionEnabled: isEncrypted = text(input.Engine) === "valkey" } = input;
  if (text(input.KmsKeyId) !== "" && isEncrypted !== true) {
    return contradiction("A KMS key can only be specified when encryption at rest is enabled.");
  }
  if (token !== "" && list(UserGroupIds).length > 0) {
    return contradiction("An AUTH token and user groups cannot be specified together.");
  }
  if (token !== "" && TransitEncryptionEnabled !== true) {
    return invalid("The AUTH token parameter is only supported when encryption-in-transit is enabled.");
  }
  if (token !== "" && !/^[!#$%&'()*+,\-.0-9:;<=>?A-Z[\\\]^_`a-z{|}~]{16,128}$/.test(token)) {
    return invalid("Invalid AuthToken provided.");
  }
  return list(UserGroupIds).length > 0 && TransitEncryptionEnabled !== true
    ? contradiction(
        "User group based access control requires encryption-in-transit to be enabled on the replication group.",
      )
    : undefined;
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
function logDelivery({ LogDeliveryConfigurations }: JsonObject): Refusal | undefined {
  const all = objects(LogDeliveryConfigurations);
  const twice = firstDuplicate(all.map(({ LogType }) => text(LogType)));
  if (twice !== undefined) return invalid(`Only one log delivery configuration of the type ${twice} can be specified.`);
  const isOther = all.some(({ DestinationType, DestinationDetails }) => {
    const { CloudWatchLogsDetails, KinesisFirehoseDetails } = object(DestinationDetails);
    return DestinationType === "cloudwatch-logs" ? isSet(KinesisFirehoseDetails) : isSet(CloudWatchLogsDetails);
  });
  return isOther ? invalid("The destination details must be those of the destination type.") : undefined;
}

function maintenance({ PreferredMaintenanceWindow }: JsonObject): Refusal | undefined {
  return windowProblem(PreferredMaintenanceWindow, "maintenance", "ddd:hh24:mi-ddd:hh24:mi", weeklyWindow);
}

function snapshots({ SnapshotWindow, SnapshotRetentionLimit }: JsonObject): Refusal | undefined {
  return isOutside(SnapshotRetentionLimit, 0, 35)
    ? invalid("Invalid SnapshotRetentionLimit: it must be between 0 and 35 days.")
    : windowProblem(SnapshotWindow, "snapshot", "hh24:mi-hh24:mi", dailyWindow);
}

function windowProblem(value: JsonValue, name: string, form: string, read: typeof dailyWindow): Refusal | undefined {
  const written = text(value);
  if (written === "") return undefined;
  const window = read(written);
  if (!window) return invalid(`Invalid ${name} window: ${written}. It must be in the format ${form}.`);
  return window.minutes < leastMinutes
    ? invalid(`The ${name} window must be at least ${leastMinutes} minutes.`)
    : undefined;
}

function separate({ SnapshotWindow, PreferredMaintenanceWindow }: JsonObject): Refusal | undefined {
  const daily = dailyWindow(text(SnapshotWindow));
  const weekly = weeklyWindow(text(PreferredMaintenanceWindow));
  return daily && weekly && overlaps(daily, weekly)
    ? invalid("The snapshot window and maintenance window must not overlap.")
    : undefined;
}

function passwords({ Passwords, AuthenticationMode, NoPasswordRequired }: JsonObject): Refusal | undefined {
  const all = [...list(Passwords), ...list(object(AuthenticationMode).Passwords)].map(text);
  if (all.some((password) => password.length < 16 || password.length > 128)) {
    return invalid("Passwords length must be between 16-128 characters.");
  }
  const isFree = NoPasswordRequired === true || object(AuthenticationMode).Type === "no-password-required";
  if (isFree && all.length > 0) return contradiction("A user that needs no password cannot have passwords.");
  return all.length > 2 ? invalid("A user can have at most two passwords.") : undefined;
}

/** An access string is that of Redis OSS's ACL command: switches, keys, channels, commands and selectors. */
function accessString({ AccessString }: JsonObject): Refusal | undefined {
  // A selector, (...), has rules of its own.
  const rules = text(AccessString).replace(/\([^)]*\)/g, "");
  return rules.split(/\s+/).every((rule) => rule === "" || accessRule.test(rule))
    ? undefined
    : invalid("Access String is not valid.");
}

function iamUser({ AuthenticationMode, UserId, UserName }: JsonObject): Refusal | undefined {
  return object(AuthenticationMode).Type === "iam" && isSet(UserName) && text(UserId) !== text(UserName)
    ? invalid("For IAM authentication, the user name and user id must be identical.")
    : undefined;
}
