import { data as schema } from "../../schema/data/data";
import { problems } from "../fixtures/problems";

const id = { name: "id", type: "string" };
const queue = (fields: object) => ({ data: { queues: { mails: { keep: true, ...fields } } } });
const table = (fields: object) => ({ data: { tables: { users: { keep: true, partitionKey: id, ...fields } } } });
const uploads = (fields: object) => ({ data: { uploads: { keep: true, ...fields } } });

describe("the stores of a stage", () => {
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
    ["a queue at the least", queue({ visibilityTimeoutSeconds: 1, retentionDays: 1, maxReceiveCount: 1 })],
    ["a queue at the most", queue({ visibilityTimeoutSeconds: 43200, retentionDays: 14, maxReceiveCount: 1000 })],
    [
      "a table of fixed size",
      table({ capacity: { mode: "provisioned", readUnits: 5, writeUnits: 1 }, stream: "new-image" }),
    ],
    ["a table with items that end", table({ timeToLiveAttribute: "ends_at", pointInTimeRecovery: false })],
    ["a table in two keys", table({ sortKey: { name: "at", type: "number" }, deletionProtection: true })],
    ["a table of bytes", table({ partitionKey: { name: "a".repeat(255), type: "binary" } })],
    ["uploads for a while", uploads({ expirationDays: 1, noncurrentDays: 3650, forceDelete: true })],
    ["uploads for pages", uploads({ corsOrigins: ["https://www.example.com", "https://localhost:3000"] })],
  ])("may be %s", (_, fields) => {
    expect(problems(fields)).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["a kind that is none", { data: { caches: {} } }, /data.caches: \{\} is not a field of a stage file; remove it/],
    [
      "a queue in capitals",
      { data: { queues: { Mails: {} } } },
      /data.queues.Mails: "Mails" must be a name; write lower-case/,
    ],
    [
      "a queue with a long name",
      { data: { queues: { ["m".repeat(25)]: {} } } },
      /"m+" is too long for AWS names; write at most 24/,
    ],
    [
      "a queue that hides nothing",
      queue({ visibilityTimeoutSeconds: 0 }),
      /visibilityTimeoutSeconds: 0 .* from 1 to 43200/,
    ],
    [
      "a queue that hides for long",
      queue({ visibilityTimeoutSeconds: 43201 }),
      /visibilityTimeoutSeconds: 43201 .* to 43200/,
    ],
    ["a queue that keeps nothing", queue({ retentionDays: 0 }), /retentionDays: 0 must be .* from 1 to 14/],
    ["a queue that keeps for long", queue({ retentionDays: 15 }), /retentionDays: 15 must be .* from 1 to 14/],
    ["a queue without tries", queue({ maxReceiveCount: 0 }), /maxReceiveCount: 0 must be .* from 1 to 1000/],
    ["a queue with many tries", queue({ maxReceiveCount: 1001 }), /maxReceiveCount: 1001 .* from 1 to 1000/],
    [
      "a queue in order",
      queue({ fifo: true }),
      /data.queues.mails.fifo: true is not a field of a stage file; remove it/,
    ],
    ["a table without a key", table({ partitionKey: undefined }), /data.tables.users.partitionKey: is missing/],
    [
      "a table with a key of no type",
      table({ partitionKey: { name: "id" } }),
      /partitionKey.type: is missing; must be one of "string", "number", "binary"/,
    ],
    [
      "a table with a date as key",
      table({ partitionKey: { name: "id", type: "date" } }),
      /"date" must be one of "string", "number", "binary"/,
    ],
    [
      "a table with a key that has a blank",
      table({ partitionKey: { name: "user id", type: "string" } }),
      /partitionKey.name: "user id" must be the name of an attribute; write one such as "user_id"/,
    ],
    [
      "a table with a key that is too long",
      table({ partitionKey: { name: "a".repeat(256), type: "string" } }),
      /partitionKey.name: .* must be the name of an attribute/,
    ],
    [
      "a table with one key twice",
      table({ sortKey: id }),
      /sortKey.name: "id" must differ from the partition key; write another attribute/,
    ],
    [
      "a table of no capacity",
      table({ capacity: { mode: "fast" } }),
      /capacity.mode: "fast" must be a capacity; write \{ mode: "on-demand" \} or \{ mode: "provisioned", readUnits: 5,/,
    ],
    [
      "a table that cannot be read",
      table({ capacity: { mode: "provisioned", readUnits: 0, writeUnits: 1 } }),
      /capacity.readUnits: 0 must be a whole number from 1 to 40000/,
    ],
    [
      "units of a table that is billed by request",
      table({ capacity: { mode: "on-demand", readUnits: 5 } }),
      /capacity.readUnits: 5 is not a field of a stage file; remove it/,
    ],
    [
      "a stream of all",
      table({ stream: "all" }),
      /stream: "all" must be one of "keys-only", "new-image", "old-image", "new-and-old-images"/,
    ],
    [
      "a table with an empty TTL attribute",
      table({ timeToLiveAttribute: "" }),
      /timeToLiveAttribute: "" must be the name of an attribute; write one such as "user_id"/,
    ],
    ["a table with a text as a boolean", table({ deletionProtection: "on" }), /"on" must be true or false/],
    ["uploads that are gone at once", uploads({ expirationDays: 0 }), /uploads.expirationDays: 0 .* from 1 to 3650/],
    ["uploads that stay overwritten", uploads({ noncurrentDays: 3651 }), /noncurrentDays: 3651 .* from 1 to 3650/],
    [
      "uploads for any page",
      uploads({ corsOrigins: ["*"] }),
      /corsOrigins\[0\]: "\*" must be .*origin; write one such as/,
    ],
    [
      "uploads for a page",
      uploads({ corsOrigins: ["https://a.example.com/b"] }),
      /corsOrigins\[0\]: .* must be .*origin/,
    ],
    [
      "an origin without TLS",
      uploads({ corsOrigins: ["http://a.example.com"] }),
      /corsOrigins\[0\]: .* must be .*origin/,
    ],
  ])("are never %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });
});
