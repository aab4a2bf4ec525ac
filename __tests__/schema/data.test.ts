import { data as schema } from "../../schema/data/data";
import { problems } from "../fixtures/problems";

const id = { name: "id", type: "string" };
const queue = (fields: object) => ({ data: { queues: { mails: { keep: true, ...fields } } } });
const table = (fields: object) => ({ data: { tables: { users: { keep: true, partitionKey: id, ...fields } } } });
const uploads = (fields: object) => ({ data: { uploads: { keep: true, ...fields } } });

describe("the data services of a stage", () => {
  it("are none by default", () => {
    expect(schema.parse({})).toEqual({ queues: {}, tables: {}, secrets: {}, topics: {} });
  });

  it("have defaults that keep data", () => {
    expect(schema.parse({ uploads: {}, queues: { mails: {} }, tables: { users: { partitionKey: id } } })).toEqual({
      uploads: { corsOrigins: [], noncurrentDays: 30, forceDelete: false, keep: false },
      queues: { mails: { visibilityTimeoutSeconds: 60, retentionDays: 4, maxReceiveCount: 5, keep: false } },
      tables: {
        users: {
          partitionKey: id,
          capacity: { mode: "on-demand" },
          timeToLiveEnabled: true,
          pointInTimeRecovery: true,
          deletionProtection: false,
          keep: false,
        },
      },
      secrets: {},
      topics: {},
    });
  });

  it.each<[string, object]>([
    [
      "a queue with the minimum of each field",
      queue({ visibilityTimeoutSeconds: 1, retentionDays: 1, maxReceiveCount: 1 }),
    ],
    [
      "a queue with the maximum of each field",
      queue({ visibilityTimeoutSeconds: 43200, retentionDays: 14, maxReceiveCount: 1000 }),
    ],
    [
      "a table with provisioned capacity and a stream",
      table({ capacity: { mode: "provisioned", readUnits: 5, writeUnits: 1 }, stream: "new-image" }),
    ],
    [
      "a table with timeToLiveAttribute, without pointInTimeRecovery",
      table({ timeToLiveAttribute: "ends_at", pointInTimeRecovery: false }),
    ],
    [
      "a table with a sort key and deletionProtection",
      table({ sortKey: { name: "at", type: "number" }, deletionProtection: true }),
    ],
    [
      "a table with a binary partition key of 255 characters",
      table({ partitionKey: { name: "a".repeat(255), type: "binary" } }),
    ],
    [
      "uploads with expirationDays, noncurrentDays and forceDelete",
      uploads({ expirationDays: 1, noncurrentDays: 3650, forceDelete: true }),
    ],
    ["uploads with two corsOrigins", uploads({ corsOrigins: ["https://www.example.com", "https://localhost:3000"] })],
  ])("may be %s", (_, fields) => {
    expect(problems(fields)).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "an unknown data service",
      { data: { caches: {} } },
      /data.caches: \{\} is not a field of a stage file; remove it/,
    ],
    [
      "a queue with an upper-case name",
      { data: { queues: { Mails: {} } } },
      /data.queues.Mails: "Mails" must be a name; write lower-case/,
    ],
    [
      "a queue with a name of 25 characters",
      { data: { queues: { ["m".repeat(25)]: {} } } },
      /"m+" is too long for AWS names; write at most 24/,
    ],
    [
      "visibilityTimeoutSeconds 0",
      queue({ visibilityTimeoutSeconds: 0 }),
      /visibilityTimeoutSeconds: 0 .* from 1 to 43200/,
    ],
    [
      "visibilityTimeoutSeconds 43201",
      queue({ visibilityTimeoutSeconds: 43201 }),
      /visibilityTimeoutSeconds: 43201 .* to 43200/,
    ],
    ["retentionDays 0", queue({ retentionDays: 0 }), /retentionDays: 0 must be .* from 1 to 14/],
    ["retentionDays 15", queue({ retentionDays: 15 }), /retentionDays: 15 must be .* from 1 to 14/],
    ["maxReceiveCount 0", queue({ maxReceiveCount: 0 }), /maxReceiveCount: 0 must be .* from 1 to 1000/],
    ["maxReceiveCount 1001", queue({ maxReceiveCount: 1001 }), /maxReceiveCount: 1001 .* from 1 to 1000/],
    ["a FIFO queue", queue({ fifo: true }), /data.queues.mails.fifo: true is not a field of a stage file; remove it/],
    ["a table without partitionKey", table({ partitionKey: undefined }), /data.tables.users.partitionKey: is missing/],
    [
      "a partition key without type",
      table({ partitionKey: { name: "id" } }),
      /partitionKey.type: is missing; must be one of "string", "number", "binary"/,
    ],
    [
      'a partition key of type "date"',
      table({ partitionKey: { name: "id", type: "date" } }),
      /"date" must be one of "string", "number", "binary"/,
    ],
    [
      "a partition key with a space in its name",
      table({ partitionKey: { name: "user id", type: "string" } }),
      /partitionKey.name: "user id" must be the name of an attribute; write one such as "user_id"/,
    ],
    [
      "a partition key with a name of 256 characters",
      table({ partitionKey: { name: "a".repeat(256), type: "string" } }),
      /partitionKey.name: .* must be the name of an attribute/,
    ],
    [
      "a sort key equal to the partition key",
      table({ sortKey: id }),
      /sortKey.name: "id" must differ from the partition key; write another attribute/,
    ],
    [
      'capacity mode "fast"',
      table({ capacity: { mode: "fast" } }),
      /capacity.mode: "fast" must be a capacity; write \{ mode: "on-demand" \} or \{ mode: "provisioned", readUnits: 5,/,
    ],
    [
      "readUnits 0",
      table({ capacity: { mode: "provisioned", readUnits: 0, writeUnits: 1 } }),
      /capacity.readUnits: 0 must be a whole number from 1 to 40000/,
    ],
    [
      "readUnits with on-demand capacity",
      table({ capacity: { mode: "on-demand", readUnits: 5 } }),
      /capacity.readUnits: 5 is not a field of a stage file; remove it/,
    ],
    [
      'stream "all"',
      table({ stream: "all" }),
      /stream: "all" must be one of "keys-only", "new-image", "old-image", "new-and-old-images"/,
    ],
    [
      "a disabled Time to Live without its attribute",
      table({ timeToLiveEnabled: false }),
      /timeToLiveEnabled: false requires the attribute to disable; write `timeToLiveAttribute`, or remove it/,
    ],
    [
      "an empty timeToLiveAttribute",
      table({ timeToLiveAttribute: "" }),
      /timeToLiveAttribute: "" must be the name of an attribute; write one such as "user_id"/,
    ],
    ['deletionProtection "on"', table({ deletionProtection: "on" }), /"on" must be true or false/],
    ["expirationDays 0", uploads({ expirationDays: 0 }), /uploads.expirationDays: 0 .* from 1 to 3650/],
    ["noncurrentDays 3651", uploads({ noncurrentDays: 3651 }), /noncurrentDays: 3651 .* from 1 to 3650/],
    ['corsOrigins "*"', uploads({ corsOrigins: ["*"] }), /corsOrigins\[0\]: "\*" must be .*origin; write one such as/],
    [
      "corsOrigins with a path",
      uploads({ corsOrigins: ["https://a.example.com/b"] }),
      /corsOrigins\[0\]: .* must be .*origin/,
    ],
    [
      "corsOrigins with http",
      uploads({ corsOrigins: ["http://a.example.com"] }),
      /corsOrigins\[0\]: .* must be .*origin/,
    ],
  ])("are never %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });
});
