import { text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet, numberOf } from "../values";
import { isInstanceClass } from "./instance-class";

/** Class, credentials and monitoring of a database. */
export const databases: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster", "ModifyDBInstance", "ModifyDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) => firstRefusal([instanceClass, password, monitoringInterval, insightsRetention], input),
};

/** Engine, user and storage of a new database. */
export const newDatabases: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) =>
    firstRefusal([engineVersion, user, databaseName, storage, throughput, monitoringRole, insightsMode, zone], input),
};

/** The most characters of a master password, by engine. */
const longestPassword = [
  [/mysql|mariadb/, 41],
  [/oracle/, 30],
  [/./, 128],
] as const;

const sharedVolumes = /^(aurora|docdb|neptune)/;

function invalid(message: string): Refusal {
  return { code: "InvalidParameterValue", message };
}

function contradiction(message: string): Refusal {
  return { code: "InvalidParameterCombination", message };
}

function instanceClass({ DBInstanceClass, DBClusterInstanceClass }: JsonObject): Refusal | undefined {
  const wrong = [DBInstanceClass, DBClusterInstanceClass]
    .map(text)
    .find((name) => name !== "" && !isInstanceClass(name));
  return wrong === undefined ? undefined : invalid(`Invalid DB Instance class: ${wrong}`);
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints
function password({ MasterUserPassword, ManageMasterUserPassword, Engine }: JsonObject): Refusal | undefined {
  const written = text(MasterUserPassword);
  if (written === "") return undefined;
  if (ManageMasterUserPassword === true) {
    return contradiction("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
  }
  if (!/^[\x21-\x7e]*$/.test(written) || /[/@"]/.test(written)) {
    return invalid(
      "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    );
  }
  if (written.length < 8) {
    return invalid("The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.");
  }
  const [, longest = 128] = longestPassword.find(([engine]) => engine.test(text(Engine))) ?? [];
  return written.length > longest
    ? invalid(
        `The parameter MasterUserPassword is not a valid password because it is longer than ${longest} characters.`,
      )
    : undefined;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
function monitoringInterval({ MonitoringInterval }: JsonObject): Refusal | undefined {
  const interval = numberOf(MonitoringInterval);
  return interval === undefined || [0, 1, 5, 10, 15, 30, 60].includes(interval)
    ? undefined
    : invalid(`Invalid value for MonitoringInterval: ${interval}. Valid values are: 0, 1, 5, 10, 15, 30, 60`);
}

function monitoringRole({ MonitoringInterval, MonitoringRoleArn }: JsonObject): Refusal | undefined {
  return (numberOf(MonitoringInterval) ?? 0) > 0 && text(MonitoringRoleArn) === ""
    ? contradiction("A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.")
    : undefined;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.cost.html
function insightsRetention({ PerformanceInsightsRetentionPeriod }: JsonObject): Refusal | undefined {
  const days = numberOf(PerformanceInsightsRetentionPeriod);
  // 0 is what some SDKs send for none.
  if (days === undefined || [0, 7, 731].includes(days)) return undefined;
  return days % 31 === 0 && days > 0 && days < 731
    ? undefined
    : invalid("Invalid Performance Insights Retention period. Valid values are: 7, 731, and months * 31");
}

function insightsMode(input: JsonObject): Refusal | undefined {
  const { DatabaseInsightsMode, EnablePerformanceInsights, PerformanceInsightsRetentionPeriod } = input;
  const isKept = (numberOf(PerformanceInsightsRetentionPeriod) ?? 0) >= 465;
  return DatabaseInsightsMode === "advanced" && !(EnablePerformanceInsights === true && isKept)
    ? contradiction(
        "To enable the Advanced mode of Database Insights, modify your cluster to enable Performance Insights and set the retention period for Performance Insights to at least 465 days.",
      )
    : undefined;
}

function zone({ MultiAZ, AvailabilityZone }: JsonObject): Refusal | undefined {
  return MultiAZ === true && text(AvailabilityZone) !== ""
    ? contradiction("Requesting a specific availability zone is not valid for Multi-AZ instances.")
    : undefined;
}

function engineVersion({ Engine, EngineVersion }: JsonObject): Refusal | undefined {
  const version = text(EngineVersion);
  return version !== "" && !/^\d+(\.[\w-]+)*(-[\w.-]+)?$/.test(version)
    ? contradiction(`Cannot find version ${version} for ${text(Engine)}`)
    : undefined;
}

function user({ MasterUsername, Engine }: JsonObject): Refusal | undefined {
  const name = text(MasterUsername);
  if (name === "") return undefined;
  const longest = text(Engine).includes("postgres") ? 63 : 16;
  if (!/^[A-Za-z]\w*$/.test(name) || name.length > longest) {
    return invalid(
      `The parameter MasterUsername must begin with a letter, and contain 1 to ${longest} alphanumeric characters and underscores.`,
    );
  }
  const reserved = text(Engine).includes("postgres") ? ["rdsadmin", "admin"] : ["rdsadmin"];
  return reserved.includes(name.toLowerCase())
    ? invalid(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`)
    : undefined;
}

function databaseName({ DBName, DatabaseName, Engine }: JsonObject): Refusal | undefined {
  const name = text(DBName) || text(DatabaseName);
  if (name === "" || !/postgres|mysql|mariadb/.test(text(Engine))) return undefined;
  return /^[A-Za-z_]\w{0,63}$/.test(name)
    ? undefined
    : invalid("DBName must begin with a letter and contain only alphanumeric characters.");
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
function storage(input: JsonObject): Refusal | undefined {
  const { Engine, AllocatedStorage, MaxAllocatedStorage, StorageType, DBClusterIdentifier, DBInstanceIdentifier } =
    input;
  const size = numberOf(AllocatedStorage);
  const isInstance = isSet(DBInstanceIdentifier) && !isSet(DBClusterIdentifier);
  if (size === undefined || !isInstance || sharedVolumes.test(text(Engine))) return undefined;
  const type = text(StorageType) || "gp2";
  const least = type === "standard" ? 5 : type.startsWith("io") ? 100 : 20;
  if (/^(postgres|mysql|mariadb)$/.test(text(Engine)) && (size < least || size > 65536)) {
    return contradiction(`Invalid storage size for engine name ${text(Engine)} and storage type ${type}: ${size}`);
  }
  const largest = numberOf(MaxAllocatedStorage) ?? 0;
  return largest > 0 && largest <= size
    ? contradiction("Max storage size must be greater than storage size")
    : undefined;
}

function throughput({
  Engine,
  AllocatedStorage,
  StorageType,
  Iops,
  StorageThroughput,
}: JsonObject): Refusal | undefined {
  const size = numberOf(AllocatedStorage) ?? 0;
  const isSmall = /^(postgres|mysql|mariadb)$/.test(text(Engine)) && StorageType === "gp3" && size < 400;
  return isSmall && ((numberOf(Iops) ?? 0) > 0 || (numberOf(StorageThroughput) ?? 0) > 0)
    ? contradiction(
        `You can't specify IOPS or storage throughput for engine ${text(Engine)} and a storage size less than 400.`,
      )
    : undefined;
}
