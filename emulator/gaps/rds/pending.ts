import { isMajorChange } from "../../rules/rds/engine";
import { formElements } from "../../wire/form";
import { element, textOf, type Element } from "../../wire/xml";

/** A kind of database: how its settings are named in a request, and in the description of the database. */
export interface PendingKind {
  /** Parameters that wait for the maintenance window, each with its path in the description. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  /** Names in PendingModifiedValues, where they are not those of the parameters; "" when it does not have the value. */
  readonly pendingNames: Readonly<Record<string, string>>;
  /** Parameter with the parameter group, which waits with a major version upgrade. */
  readonly parameterGroup: string;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html */
export const instanceKind: PendingKind = {
  settings: {
    AllocatedStorage: ["AllocatedStorage"],
    CACertificateIdentifier: ["CACertificateIdentifier"],
    DBInstanceClass: ["DBInstanceClass"],
    DBSubnetGroupName: ["DBSubnetGroup", "DBSubnetGroupName"],
    DedicatedLogVolume: ["DedicatedLogVolume"],
    EnableIAMDatabaseAuthentication: ["IAMDatabaseAuthenticationEnabled"],
    EngineVersion: ["EngineVersion"],
    Iops: ["Iops"],
    LicenseModel: ["LicenseModel"],
    MultiAZ: ["MultiAZ"],
    NewDBInstanceIdentifier: ["DBInstanceIdentifier"],
    OptionGroupName: ["OptionGroupMemberships", "OptionGroupMembership", "OptionGroupName"],
    StorageThroughput: ["StorageThroughput"],
    StorageType: ["StorageType"],
  },
  pendingNames: {
    EnableIAMDatabaseAuthentication: "IAMDatabaseAuthenticationEnabled",
    NewDBInstanceIdentifier: "DBInstanceIdentifier",
    OptionGroupName: "",
  },
  parameterGroup: "DBParameterGroupName",
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html */
export const clusterKind: PendingKind = {
  settings: {
    AllocatedStorage: ["AllocatedStorage"],
    DBClusterInstanceClass: ["DBClusterInstanceClass"],
    EnableIAMDatabaseAuthentication: ["IAMDatabaseAuthenticationEnabled"],
    EngineVersion: ["EngineVersion"],
    Iops: ["Iops"],
    NewDBClusterIdentifier: ["DBClusterIdentifier"],
  },
  pendingNames: {
    EnableIAMDatabaseAuthentication: "IAMDatabaseAuthenticationEnabled",
    NewDBClusterIdentifier: "DBClusterIdentifier",
    DBClusterInstanceClass: "",
  },
  parameterGroup: "DBClusterParameterGroupName",
};

/** Parameters whose change restarts the database, so that its static parameters take effect. */
const restarts = ["DBInstanceClass", "DBClusterInstanceClass", "EngineVersion"];

/** Whether changes restart the database. */
export function isRestart(changes: URLSearchParams): boolean {
  return restarts.some((name) => changes.has(name));
}

/** A request without ApplyImmediately, split into what is changed now and what waits for the maintenance window. */
export interface SplitRequest {
  readonly now: URLSearchParams;
  readonly later: URLSearchParams;
}

/** Splits the parameters of a change by when they take effect; a value that the database has already takes none. */
export function split(kind: PendingKind, sent: URLSearchParams, database: Element): SplitRequest {
  const now = new URLSearchParams(sent);
  const later = new URLSearchParams();
  const isMajor = isMajorChange(
    textOf(database, "Engine"),
    textOf(database, "EngineVersion"),
    sent.get("EngineVersion") ?? "",
  );
  const postpone = (name: string): void => {
    const value = now.get(name);
    if (value === null) return;
    now.delete(name);
    later.set(name, value);
  };
  for (const [name, path] of Object.entries(kind.settings)) {
    if (sent.get(name) === textOf(database, ...path)) now.delete(name);
    else postpone(name);
  }
  if (isRetentionPending(sent, database)) postpone("BackupRetentionPeriod");
  // The group of the new family cannot be used before the upgrade.
  if (isMajor) for (const name of [kind.parameterGroup, "AllowMajorVersionUpgrade"]) postpone(name);
  return { now, later };
}

/** The element PendingModifiedValues of a database. */
export function pendingElement(kind: PendingKind, changes: URLSearchParams | undefined): Element {
  const values = [...Object.keys(kind.settings), "BackupRetentionPeriod"].flatMap((name) => {
    const shown = kind.pendingNames[name] ?? name;
    return shown === ""
      ? []
      : formElements(changes ?? new URLSearchParams(), name).map(({ text = "" }) => element(shown, text));
  });
  return element("PendingModifiedValues", values);
}

// A change between zero and another value waits: with zero there are no backups.
function isRetentionPending(sent: URLSearchParams, database: Element): boolean {
  const [wanted, current] = [sent.get("BackupRetentionPeriod"), textOf(database, "BackupRetentionPeriod")];
  return wanted !== null && current !== "" && (wanted === "0") !== (current === "0");
}
