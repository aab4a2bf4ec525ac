import { text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { contradiction, invalidValue as invalid } from "../refusals";
import { isSet, numberOf } from "../values";
import { isEngineVersion } from "./engines";
import { isClassOfEngine, isInstanceClass } from "./instance-class";
import { restorations } from "./restorations";

/** Class, credentials and monitoring of a database. */
export const databases: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster", "ModifyDBInstance", "ModifyDBCluster", ...restorations],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) => firstRefusal([instanceClass, password, monitoringInterval, insightsRetention], input),
};

/** The zone of a restored DB instance. */
export const restoredInstances: DocumentCheck = {
  service: "rds",
  operations: ["RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html",
  check: zone,
};

/** Engine, user and storage of a new database. */
export const newDatabases: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) =>
    firstRefusal(
      [
        engineVersion,
        required,
        encryption,
        user,
        databaseName,
        monitoringRole,
        insightsMode,
        insightsClass,
        zone,
        classOfEngine,
      ],
      input,
    ),
};

/** When a managed password is rotated. */
export const changedDatabases: DocumentCheck = {
  service: "rds",
  operations: ["ModifyDBInstance", "ModifyDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html",
  check: ({ RotateMasterUserPassword, ApplyImmediately }) =>
    RotateMasterUserPassword === true && ApplyImmediately !== true
      ? contradiction("You must specify apply immediately when rotating the master user password.")
      : undefined,
};

/** The most characters of a master password, by engine. */
const longestPassword = [
  [/mysql|mariadb/, 41],
  [/oracle/, 30],
  [/./, 128],
] as const;

const sharedVolumes = /^(aurora|docdb|neptune)/;

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
  const [isOn, hasRole] = [(numberOf(MonitoringInterval) ?? 0) > 0, text(MonitoringRoleArn) !== ""];
  if (isOn === hasRole) return undefined;
  return contradiction(
    isOn
      ? "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
      : "You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN value.",
  );
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

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
function insightsClass({ Engine, DBInstanceClass, EnablePerformanceInsights }: JsonObject): Refusal | undefined {
  const isSmall = /^db\.t[234]g?\.(micro|small)$/.test(text(DBInstanceClass));
  return EnablePerformanceInsights === true && isSmall && /^(mysql|mariadb)$/.test(text(Engine))
    ? contradiction(
        "Performance Insights not supported for this configuration, please disable this feature and try again.",
      )
    : undefined;
}

function classOfEngine({ Engine, DBInstanceClass, EngineVersion, LicenseModel }: JsonObject): Refusal | undefined {
  const [engine, name] = [text(Engine), text(DBInstanceClass)];
  if (isClassOfEngine(engine, text(EngineVersion), name)) return undefined;
  const [version, license] = [text(EngineVersion) || "null", text(LicenseModel) || "null"];
  return contradiction(
    `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${name}, Engine=${engine}, EngineVersion=${version}, LicenseModel=${license}. For supported combinations of instance class and database engine version, see the documentation.`,
  );
}

function engineVersion({ Engine, EngineVersion }: JsonObject): Refusal | undefined {
  const version = text(EngineVersion);
  return version === "" || isEngineVersion(text(Engine), version)
    ? undefined
    : contradiction(`Cannot find version ${version} for ${text(Engine)}`);
}

/** What a new database needs that is neither a member, nor a replica of another one. */
function required(input: JsonObject): Refusal | undefined {
  const { Engine, DBClusterIdentifier, DBInstanceIdentifier } = input;
  const hasOwnPassword =
    input.ManageMasterUserPassword !== true && input.MasterUserAuthenticationType !== "iam-db-auth";
  const isInstance = isSet(DBInstanceIdentifier);
  const isCopied = [input.GlobalClusterIdentifier, input.ReplicationSourceIdentifier].some(isSet);
  if (isCopied || !/^(postgres|mysql|mariadb|aurora-postgresql|aurora-mysql)$/.test(text(Engine))) return undefined;
  // A member of a cluster has the user and the storage of the cluster.
  if (isInstance && (isSet(DBClusterIdentifier) || sharedVolumes.test(text(Engine)))) return undefined;
  const needed = [
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html
    ...(isInstance || text(Engine).startsWith("aurora") ? [] : ["DBClusterInstanceClass"]),
    "MasterUsername",
    ...(hasOwnPassword ? ["MasterUserPassword"] : []),
    ...(isInstance ? ["AllocatedStorage"] : []),
  ];
  const missing = needed.find((name) => !isSet(input[name]) || input[name] === "");
  return missing === undefined
    ? undefined
    : invalid(`The parameter ${missing} must be provided and must not be blank.`);
}

function encryption({ KmsKeyId, StorageEncrypted, Engine }: JsonObject): Refusal | undefined {
  return text(KmsKeyId) !== "" && StorageEncrypted !== true && /^(postgres|mysql|mariadb)$/.test(text(Engine))
    ? contradiction(`You must enable StorageEncrypted when you specify KmsKeyId for DB engine ${text(Engine)}`)
    : undefined;
}

/** Of other engines 16: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html */
const longestUserNames = [
  [/postgres/, 63],
  [/oracle/, 30],
  [/sqlserver/, 128],
] as const;

function user({ MasterUsername, Engine }: JsonObject): Refusal | undefined {
  const name = text(MasterUsername);
  if (name === "") return undefined;
  const [, longest = 16] = longestUserNames.find(([engine]) => engine.test(text(Engine))) ?? [];
  if (!/^[A-Za-z]\w*$/.test(name) || name.length > longest) {
    return invalid(
      `The parameter MasterUsername must begin with a letter, and contain 1 to ${longest} alphanumeric characters and underscores.`,
    );
  }
  // https://www.postgresql.org/docs/current/sql-keywords-appendix.html
  const reserved = text(Engine).includes("postgres") ? ["rdsadmin", "admin", "user"] : ["rdsadmin"];
  return reserved.includes(name.toLowerCase())
    ? invalid(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`)
    : undefined;
}

function databaseName({ DBName, DatabaseName, Engine }: JsonObject): Refusal | undefined {
  const name = text(DBName) || text(DatabaseName);
  if (name === "" || !/postgres|mysql|mariadb/.test(text(Engine))) return undefined;
  const longest = text(Engine).includes("postgres") ? 63 : 64;
  return /^[A-Za-z_]\w*$/.test(name) && name.length <= longest
    ? undefined
    : invalid("DBName must begin with a letter and contain only alphanumeric characters.");
}
