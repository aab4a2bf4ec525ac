import { deletionsOf } from "../../../../../cli/commands/guard/data/deletions";
import { createFirst, deleted, deleteFirst, planWith, type Change } from "../plan-of";

function notes(address: string, change: Change): readonly string[] {
  return deletionsOf(planWith({ [address]: change })).flatMap((loss) => loss.notes);
}

describe("a plan that deletes a database", () => {
  const [on, off] = [{ deletion_protection: true }, { deletion_protection: false }];

  it.each(["aws_db_instance.one", "aws_rds_cluster.one"])(
    "and turns its protection on for the new one says that the old one is deleted: %s",
    (address) => {
      expect(notes(address, deleteFirst(off, on))).toEqual([
        "deletion_protection is turned on for the new one only, and does not stop the deletion of the old",
      ]);
      expect(notes(address, createFirst(off, on))).toHaveLength(1);
    },
  );

  it("and turns its protection off says that AWS refuses the deletion", () => {
    expect(notes("aws_db_instance.one", deleteFirst(on, off))).toEqual([
      "deletion_protection is on in the state, so AWS refuses the deletion until an apply has turned it off",
    ]);
  });

  it("that was protected says that AWS refuses the deletion", () => {
    expect(notes("aws_db_instance.one", deleted(on))).toHaveLength(1);
  });

  it("says whether a final snapshot is taken, by the value of the state", () => {
    const [skips, takes] = [{ skip_final_snapshot: true }, { skip_final_snapshot: false }];
    expect(notes("aws_db_instance.one", deleted(skips))).toEqual([
      "no final snapshot is taken, as skip_final_snapshot is true in the state",
    ]);
    expect(notes("aws_db_instance.one", deleteFirst(takes, skips))).toEqual([
      "a final snapshot is taken, as skip_final_snapshot is still false in the state",
    ]);
  });
});

describe("the protection of other resources", () => {
  it.each([
    ["aws_dynamodb_table.one", { deletion_protection_enabled: true }, /AWS refuses/],
    ["aws_cognito_user_pool.one", { deletion_protection: "ACTIVE" }, /AWS refuses/],
    ["aws_secretsmanager_secret.one", { recovery_window_in_days: 0 }, /cannot be restored/],
    ["aws_kms_key.one", { deletion_window_in_days: 7 }, /can be cancelled for 7 days/],
  ])("is said of %s", (address, before, note) => {
    expect(notes(address, deleted(before))).toEqual([expect.stringMatching(note)]);
  });
});
