import type { StageInput } from "../../../schema";
import { stackWith } from "../../fixtures/stage";

type TableInput = NonNullable<NonNullable<StageInput["data"]>["tables"]>[string];

const tableOf = (fields: Partial<TableInput> = {}) =>
  stackWith({
    data: { tables: { users: { keep: true, partitionKey: { name: "user_id", type: "string" }, ...fields } } },
  }).resource("aws_dynamodb_table.data_tables_users");

describe("a table", () => {
  it("is billed per request, encrypted, and has point-in-time recovery", () => {
    expect(tableOf()).toEqual({
      name: "shop-users-dev01",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "user_id",
      attribute: [{ name: "user_id", type: "S" }],
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      deletion_protection_enabled: false,
    });
  });

  it("can have a sort key, a time to live and deletion protection", () => {
    const table = tableOf({
      partitionKey: { name: "device", type: "binary" },
      sortKey: { name: "second", type: "number" },
      timeToLiveAttribute: "ends",
      pointInTimeRecovery: false,
      deletionProtection: true,
    });
    expect(table).toMatchObject({
      hash_key: "device",
      range_key: "second",
      attribute: [
        { name: "device", type: "B" },
        { name: "second", type: "N" },
      ],
      ttl: { attribute_name: "ends", enabled: true },
      point_in_time_recovery: { enabled: false },
      deletion_protection_enabled: true,
    });
  });

  it("disables Time to Live by the name of its attribute, without which AWS refuses it", () => {
    expect(tableOf({ timeToLiveAttribute: "ends", timeToLiveEnabled: false })).toMatchObject({
      ttl: { attribute_name: "ends", enabled: false },
    });
  });

  it("can have provisioned capacity", () => {
    const table = tableOf({ capacity: { mode: "provisioned", readUnits: 5, writeUnits: 2 } });
    expect(table).toMatchObject({ billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 2 });
  });

  it.each([
    ["keys-only", "KEYS_ONLY"],
    ["new-image", "NEW_IMAGE"],
    ["old-image", "OLD_IMAGE"],
    ["new-and-old-images", "NEW_AND_OLD_IMAGES"],
  ] as const)("can have a stream that shows %s", (stream, view) => {
    expect(tableOf({ stream })).toMatchObject({ stream_enabled: true, stream_view_type: view });
  });
});
