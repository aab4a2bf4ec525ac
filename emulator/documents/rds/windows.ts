import { text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidValue as invalid } from "../refusals";
import { isOutside } from "../values";
import { dailyWindow, overlaps, weeklyWindow } from "../windows";

const leastMinutes = 30;

/** When RDS backs up and maintains a database, and for how many days it keeps backups. */
export const databaseWindows: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance", "CreateDBCluster", "ModifyDBInstance", "ModifyDBCluster"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html",
  check: (input) => firstRefusal([maintenance, backup, separate, retention], input),
};

function maintenance({ PreferredMaintenanceWindow }: JsonObject): Refusal | undefined {
  const written = text(PreferredMaintenanceWindow);
  if (written === "") return undefined;
  const window = weeklyWindow(written);
  if (!window) {
    return invalid(
      `Invalid maintenance window format: ${written}. Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC). Example: Sun:23:45-Mon:00:15`,
    );
  }
  if (window.minutes < leastMinutes) return invalid("The maintenance window must be at least 30 minutes.");
  return window.minutes > 24 * 60 ? invalid("Maintenance window must be less than 24 hours.") : undefined;
}

function backup({ PreferredBackupWindow }: JsonObject): Refusal | undefined {
  const written = text(PreferredBackupWindow);
  if (written === "") return undefined;
  const window = dailyWindow(written);
  if (!window) {
    return invalid(
      `Invalid backup window format: ${written}. Should be specified as a range hh24:mi-hh24:mi (24H Clock UTC). Example: 23:45-00:15`,
    );
  }
  return window.minutes < leastMinutes ? invalid("The backup window must be at least 30 minutes.") : undefined;
}

function separate({ PreferredBackupWindow, PreferredMaintenanceWindow }: JsonObject): Refusal | undefined {
  const daily = dailyWindow(text(PreferredBackupWindow));
  const weekly = weeklyWindow(text(PreferredMaintenanceWindow));
  return daily && weekly && overlaps(daily, weekly)
    ? invalid("The backup window and maintenance window must not overlap.")
    : undefined;
}

function retention({ BackupRetentionPeriod }: JsonObject): Refusal | undefined {
  return isOutside(BackupRetentionPeriod, 0, 35)
    ? invalid("Invalid backup retention period. Backup retention period must be between 0 and 35 days.")
    : undefined;
}
