/** The operations that make a database of a snapshot or of the backups of another one. */
export const restorations: readonly string[] = [
  "RestoreDBInstanceFromDBSnapshot",
  "RestoreDBInstanceToPointInTime",
  "RestoreDBClusterFromSnapshot",
  "RestoreDBClusterToPointInTime",
];
