import { list, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidValue as invalid } from "../refusals";
import { isOutside, isSet } from "../values";
import { restorations } from "./restorations";

/** What only some engines have: log types, ports, licenses; and the other words of a database. */
export const engineSettings: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster", ...restorations],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: (input) => firstRefusal([logs, port, license, certificate, network, tier], input),
};

/** The same of what changes. */
export const changedSettings: DocumentCheck = {
  service: "rds",
  operations: ["ModifyDBInstance", "ModifyDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
  check: (input) => firstRefusal([port, certificate, network, tier], input),
};

/** Families of parameter groups. */
export const parameterGroupFamilies: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBParameterGroup", "CreateDBClusterParameterGroup"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
  check: ({ DBParameterGroupFamily }) => {
    const family = text(DBParameterGroupFamily);
    const known = families.find(([engine]) => engine.test(family));
    return known && !known[1].test(family)
      ? invalid(`ParameterGroupFamily ${family} is not a valid parameter group family`)
      : undefined;
  },
};

const families = [
  [/^postgres/, /^postgres(9\.\d|1\d|2\d)$/],
  [/^aurora-postgresql/, /^aurora-postgresql(9\.6|1\d|2\d)$/],
  [/^mysql/, /^mysql(5\.[1567]|[89]\.\d)$/],
  [/^aurora-mysql/, /^aurora-mysql(5\.7|[89]\.\d)$/],
  [/^mariadb/, /^mariadb1[0-3]\.\d{1,2}$/],
] as const;

/** Versions that can be new databases, in wide ranges: AWS adds minor versions every quarter. */
const versions = [
  [/^(aurora-)?postgres(ql)?$/, /^(1[1-9]|2\d)(\.([0-3]?\d)(-\w+(\.\w+)*)?)?$/],
  [/^mysql$/, /^(5\.7|8\.[04]|9\.\d)(\.\d{1,2}(-\w+(\.\w+)*)?)?$/],
  [/^mariadb$/, /^1[0-3]\.\d{1,2}(\.\d{1,2}(-\w+)?)?$/],
] as const;

/** Log types of an engine: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html */
const logTypes: Readonly<Record<string, readonly string[] | undefined>> = {
  postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
  "aurora-postgresql": ["postgresql", "instance", "iam-db-auth-error"],
  mysql: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
  mariadb: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
  "aurora-mysql": ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"],
};

const licenses: Readonly<Record<string, string | undefined>> = {
  postgres: "postgresql-license",
  mysql: "general-public-license",
  mariadb: "general-public-license",
};

/** Whether an engine can have a version; undefined engines and those without a range have versions of every usual form. */
export function isEngineVersion(engine: string, version: string): boolean {
  const [, known = /^\d+(\.[\w-]+)*(-[\w.-]+)?$/] = versions.find(([engines]) => engines.test(engine)) ?? [];
  return known.test(version);
}

/** The first of log types that an engine does not have; undefined for engines whose types are not listed. */
export function unknownLogType(engine: string, types: JsonValue): string | undefined {
  const known = logTypes[engine];
  return (
    known &&
    list(types)
      .map(text)
      .find((type) => !known.includes(type))
  );
}

/** What AWS says of a log type that an engine does not have. */
export function logTypeMessage(type: string, engine: string, version: string): string {
  return `You cannot use the log types '${type}' with engine version ${engine} ${version}. For more information, see the documentation.`;
}

function logs({ Engine, EngineVersion, EnableCloudwatchLogsExports }: JsonObject): Refusal | undefined {
  const engine = text(Engine);
  const type = unknownLogType(engine, EnableCloudwatchLogsExports);
  return type === undefined
    ? undefined
    : { code: "InvalidParameterCombination", message: logTypeMessage(type, engine, text(EngineVersion)) };
}

// Without an engine, a restored or changed database has that which it had: the ports are the same for all engines.
function port({ Engine, Port, DBPortNumber }: JsonObject): Refusal | undefined {
  return /^$|postgres|mysql|mariadb/.test(text(Engine)) && isOutside(DBPortNumber ?? Port, 1150, 65535)
    ? invalid("Invalid endpoint port, valid port values are between 1150 and 65535")
    : undefined;
}

function license({ Engine, LicenseModel }: JsonObject): Refusal | undefined {
  const [engine, model] = [text(Engine), text(LicenseModel)];
  const only = licenses[engine];
  return model === "" || only === undefined || model === only
    ? undefined
    : invalid(`Invalid license model '${model}' for engine '${engine}'. Valid license models are: ${only}.`);
}

// Of past authorities, such as rds-ca-2019, AWS has none: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
function certificate({ CACertificateIdentifier }: JsonObject): Refusal | undefined {
  const name = text(CACertificateIdentifier);
  return name === "" || /^rds-ca-(rsa|ecc)\d+-g\d+$/.test(name)
    ? undefined
    : { code: "CertificateNotFound", status: 404, message: `Certificate not found: ${name}` };
}

function network({ NetworkType }: JsonObject): Refusal | undefined {
  return isSet(NetworkType) && !/^(IPV4|DUAL)$/i.test(text(NetworkType))
    ? invalid(`Invalid network type: ${text(NetworkType)}. Valid network types are IPV4 and DUAL.`)
    : undefined;
}

function tier({ PromotionTier }: JsonObject): Refusal | undefined {
  return isOutside(PromotionTier, 0, 15) ? invalid("The promotion tier must be between 0 and 15.") : undefined;
}
