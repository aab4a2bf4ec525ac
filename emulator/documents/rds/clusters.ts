import { object, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { contradiction, invalidValue as invalid } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";

/** Capacity and backups of an Aurora cluster. */
export const clusters: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBCluster", "ModifyDBCluster", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",
  check: (input) => firstRefusal([capacity, pause, retention, mode], input),
};

/** A DB instance that is a member of a cluster, which has most settings. */
export const clusterMembers: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) => {
    if (!isSet(input.DBClusterIdentifier)) return undefined;
    const found = ofCluster.find(([name]) => isSet(input[name]) && input[name] !== "");
    return (
      found &&
      contradiction(`The requested DB Instance will be a member of a DB Cluster. Set ${found[1]} for the DB Cluster.`)
    );
  },
};

/** What a member does not have of its own. */
const ofCluster = [
  ["MasterUsername", "master username"],
  ["MasterUserPassword", "master user password"],
  ["DBName", "database name"],
  ["BackupRetentionPeriod", "backup retention period"],
] as const;

const modes = ["provisioned", "serverless", "parallelquery", "global", "multimaster"];

function capacity({ ServerlessV2ScalingConfiguration }: JsonObject): Refusal | undefined {
  const { MinCapacity, MaxCapacity } = object(ServerlessV2ScalingConfiguration);
  const [least, most] = [numberOf(MinCapacity), numberOf(MaxCapacity)];
  if ([least, most].some((units) => units !== undefined && !Number.isInteger(units * 2))) {
    return invalid("Serverless v2 capacity must be a multiple of 0.5.");
  }
  if (isOutside(MinCapacity, 0, 256)) {
    return invalid(
      `Serverless v2 minimum capacity ${least} isn't valid. The minimum capacity must be between 0 and 256.`,
    );
  }
  if (isOutside(MaxCapacity, 1, 256)) {
    return invalid(
      `Serverless v2 maximum capacity ${most} isn't valid. The maximum capacity must be between 1 and 256.`,
    );
  }
  return least !== undefined && most !== undefined && least > most
    ? invalid(`Serverless v2 minimum capacity ${least} is greater than the maximum capacity ${most}.`)
    : undefined;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
function pause({ ServerlessV2ScalingConfiguration }: JsonObject): Refusal | undefined {
  const { MinCapacity, SecondsUntilAutoPause } = object(ServerlessV2ScalingConfiguration);
  if (!isSet(SecondsUntilAutoPause)) return undefined;
  if (isOutside(SecondsUntilAutoPause, 300, 86400)) {
    return invalid("SecondsUntilAutoPause must be between 300 and 86400.");
  }
  return (numberOf(MinCapacity) ?? 0) > 0
    ? invalid("SecondsUntilAutoPause can only be specified when the minimum capacity is 0.")
    : undefined;
}

/** Of other clusters than Aurora's, backups can be off. */
function retention({ Engine, BackupRetentionPeriod }: JsonObject): Refusal | undefined {
  return text(Engine).startsWith("aurora") && isOutside(BackupRetentionPeriod, 1, 35)
    ? invalid("Invalid backup retention period. Backup retention period must be between 1 and 35 days.")
    : undefined;
}

function mode({ EngineMode }: JsonObject): Refusal | undefined {
  const written = text(EngineMode);
  return written === "" || modes.includes(written) ? undefined : invalid(`Invalid engine mode: ${written}`);
}
