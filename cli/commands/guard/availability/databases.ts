import { kindOf } from "../actions";
import { fieldChange, isChanged, shownValue, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Outage } from "./outage";

/** What an update in place of a field interrupts. */
interface Restart {
  readonly type: string;
  readonly field: string;
  /** Minutes with a standby that takes over, and without; for both, the second when the change has no failover. */
  readonly minutes: (resource: ResourceChange) => number;
  readonly what: string;
}

const database = "the database";
const isMultiAz = ({ change }: ResourceChange) => valueAt(change.before, "multi_az") === true;
const hasReplica = ({ change }: ResourceChange) => valueAt(change.before, "automatic_failover_enabled") === true;
const isMajor = (resource: ResourceChange) => {
  const { before, after } = fieldChange(resource, "engine_version") ?? { before: "", after: "" };
  return shownValue(before).split(".")[0] !== shownValue(after).split(".")[0];
};

/** Changes in place that restart a database or cache. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html */
export const restarts: readonly Restart[] = [
  restart("aws_db_instance", "instance_class", (resource) => (isMultiAz(resource) ? 2 : 10)),
  // Both instances of a Multi-AZ deployment are upgraded at the same time.
  restart("aws_db_instance", "engine_version", (resource) => (isMajor(resource) ? 20 : 10)),
  restart("aws_db_instance", "port", () => 2),
  restart("aws_db_instance", "ca_cert_identifier", () => 1),
  restart("aws_db_instance", "storage_type", () => 1),
  restart("aws_rds_cluster", "engine_version", (resource) => (isMajor(resource) ? 20 : 5)),
  restart("aws_rds_cluster", "port", () => 2),
  restart("aws_rds_cluster_instance", "instance_class", () => 2),
  cacheRestart("node_type"),
  cacheRestart("engine"),
  cacheRestart("engine_version"),
];

/** The outages by changes in place of databases and caches. */
export function databaseOutages({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly Outage[] {
  return changes
    .filter((resource) => kindOf(resource) === "update")
    .flatMap((resource) => {
      const causes = restarts.filter(({ type, field }) => type === resource.type && isChanged(resource, field));
      const backups = backupsSwitched(resource);
      if (causes.length === 0 && !backups) return [];
      const fields = [...causes.map(({ field }) => field), ...(backups ? ["backup_retention_period"] : [])];
      const isNow = valueAt(resource.change.after, "apply_immediately") === true;
      return [
        {
          name: nameOf(resource),
          what: causes[0]?.what ?? database,
          from: isNow ? "the change of the resource" : "the next maintenance window, as apply_immediately is not true",
          until: "it has restarted, or its standby has taken over",
          minutes: Math.max(...causes.map(({ minutes }) => minutes(resource)), 1),
          reason: `it changes ${fields.join(", ")}`,
        },
      ];
    });
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html */
function backupsSwitched(resource: ResourceChange): boolean {
  const change = resource.type === "aws_db_instance" ? fieldChange(resource, "backup_retention_period") : undefined;
  if (typeof change?.before !== "number" || typeof change.after !== "number") return false;
  return (change.before === 0) !== (change.after === 0);
}

function restart(type: string, field: string, minutes: Restart["minutes"]): Restart {
  return { type, field, minutes, what: database };
}

function cacheRestart(field: string): Restart {
  const type = "aws_elasticache_replication_group";
  return { type, field, minutes: (resource) => (hasReplica(resource) ? 1 : 10), what: "the cache" };
}
