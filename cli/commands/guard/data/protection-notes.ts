import { isRemoved } from "../actions";
import { valueAt } from "../fields";
import type { ResourceChange } from "../plan";

/** The field by which a type of resource refuses its deletion, and its value that does. */
export const deletionProtections: Readonly<Record<string, readonly [field: string, on: unknown]>> = {
  aws_db_instance: ["deletion_protection", true],
  aws_rds_cluster: ["deletion_protection", true],
  aws_dynamodb_table: ["deletion_protection_enabled", true],
  aws_cognito_user_pool: ["deletion_protection", "ACTIVE"],
};

/**
 * What the settings of a resource mean for its deletion. A deletion uses the values of the state, whatever the same
 * plan sets: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#skip_final_snapshot-1
 */
export function protectionNotes(resource: ResourceChange): readonly string[] {
  if (!isRemoved(resource)) return [];
  const { before, after } = resource.change;
  const notes: string[] = [];
  const [field, on] = deletionProtections[resource.type] ?? [];
  if (field !== undefined) {
    const wasOn = valueAt(before, field) === on;
    const isOn = valueAt(after, field) === on;
    if (wasOn) notes.push(`${field} is on in the state, so AWS refuses the deletion until an apply has turned it off`);
    else if (isOn) notes.push(`${field} is turned on for the new one only, and does not stop the deletion of the old`);
  }
  const skipsSnapshot = valueAt(before, "skip_final_snapshot");
  if (skipsSnapshot === true) notes.push("no final snapshot is taken, as skip_final_snapshot is true in the state");
  if (skipsSnapshot === false && valueAt(after, "skip_final_snapshot") === true) {
    notes.push("a final snapshot is taken, as skip_final_snapshot is still false in the state");
  }
  if (resource.type === "aws_secretsmanager_secret" && valueAt(before, "recovery_window_in_days") === 0) {
    notes.push("it cannot be restored, as recovery_window_in_days is 0 in the state");
  }
  if (resource.type === "aws_kms_key") {
    const days = valueAt(before, "deletion_window_in_days");
    notes.push(`its deletion can be cancelled for ${typeof days === "number" ? days : 30} days`);
  }
  return notes;
}
