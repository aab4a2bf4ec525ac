import { objects, text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import { clusterNamed, instanceNamed, reference, service } from "./databases";
import { familyOf, isMajorChange, isOlder } from "./engine";

const upgrading = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html";

/** Changes of a database that RDS does not make. */
export const changes: readonly Rule[] = [
  {
    name: "db-storage-shrinks",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterCombination",
    rule: "The storage of a DB instance cannot be reduced.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.ModifyingExisting.html",
    refuse: async (call) => {
      const instance = await instanceNamed(call, call.input.DBInstanceIdentifier);
      const [wanted, current] = [call.input.AllocatedStorage, instance?.AllocatedStorage];
      if (typeof wanted !== "number" || typeof current !== "number" || wanted >= current) return undefined;
      return `Invalid storage size: ${wanted} GiB is less than the current ${current} GiB`;
    },
  },
  {
    name: "db-engine-downgrade",
    service,
    operations: ["ModifyDBInstance", "ModifyDBCluster"],
    code: "InvalidParameterCombination",
    rule: "The engine of a database cannot be changed to an older version.",
    source: upgrading,
    refuse: async (call) => {
      const { engine, version, wanted } = await upgradeOf(call);
      return wanted !== "" && isOlder(wanted, version)
        ? `Cannot upgrade ${engine} from ${version} to ${wanted}`
        : undefined;
    },
  },
  {
    name: "db-major-upgrade-not-allowed",
    service,
    operations: ["ModifyDBInstance", "ModifyDBCluster"],
    code: "InvalidParameterCombination",
    rule: "A major version upgrade needs AllowMajorVersionUpgrade.",
    source: `${reference}/API_ModifyDBInstance.html`,
    refuse: async (call) => {
      const { engine, version, wanted } = await upgradeOf(call);
      return isMajorChange(engine, version, wanted) && call.input.AllowMajorVersionUpgrade !== true
        ? "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        : undefined;
    },
  },
  {
    name: "db-major-upgrade-without-parameter-group",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A major version upgrade of a DB instance with its own parameter group needs a group of the new family.",
    source: upgrading,
    refuse: async (call) => {
      const { engine, version, wanted, database } = await upgradeOf(call);
      const group = text(objects(database.DBParameterGroups)[0]?.DBParameterGroupName);
      if (!isMajorChange(engine, version, wanted) || text(call.input.DBParameterGroupName) !== "") return undefined;
      return group === "" || group.startsWith("default.")
        ? undefined
        : `Current Parameter Group (${group}) is non-default. You need to explicitly specify a new Parameter Group in this case (default or custom)`;
    },
  },
  {
    name: "db-parameter-group-family",
    service,
    operations: ["CreateDBInstance", "ModifyDBInstance", "CreateDBCluster", "ModifyDBCluster"],
    code: "InvalidParameterCombination",
    rule: "The family of a parameter group must be that of the engine version of its database.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
    refuse: async (call) => {
      const { DBParameterGroupName, DBClusterParameterGroupName } = call.input;
      const name = text(DBParameterGroupName) || text(DBClusterParameterGroupName);
      const isCluster = call.operation.endsWith("Cluster");
      const { engine, version, wanted } = await upgradeOf(call);
      const [family, needed] = [await groupFamily(call, isCluster, name), familyOf(engine, wanted || version)];
      if (family === "" || needed === undefined || family === needed) return undefined;
      return `The parameter group ${name} with DBParameterGroupFamily ${family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${needed}.`;
    },
  },
];

/** Start of the names of RDS's own parameter groups, which end with their families. */
const ownGroup = "default.";

interface Upgrade {
  readonly engine: string;
  readonly version: string;
  /** Version in the request; "" when it changes none. */
  readonly wanted: string;
  readonly database: JsonObject;
}

async function upgradeOf(call: RuleCall): Promise<Upgrade> {
  const { input, operation } = call;
  const database = operation.startsWith("Create")
    ? {}
    : ((await (operation === "ModifyDBCluster"
        ? clusterNamed(call, input.DBClusterIdentifier)
        : instanceNamed(call, input.DBInstanceIdentifier))) ?? {});
  const engine = text(database.Engine) || text(input.Engine);
  return { engine, version: text(database.EngineVersion), wanted: text(input.EngineVersion), database };
}

async function groupFamily({ ask }: RuleCall, isCluster: boolean, name: string): Promise<string> {
  if (name.startsWith(ownGroup)) return name.slice(ownGroup.length);
  const { DBParameterGroups, DBClusterParameterGroups } = isCluster
    ? await ask("DescribeDBClusterParameterGroups")
    : await ask("DescribeDBParameterGroups");
  const all = objects(isCluster ? DBClusterParameterGroups : DBParameterGroups);
  const group = all.find((each) => isName(each.DBParameterGroupName ?? each.DBClusterParameterGroupName, name));
  return text(group?.DBParameterGroupFamily);
}
