import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const everything = { ID: "tidy", Status: "Enabled", Filter: { Prefix: "" } };
const tagged = { ...everything, Filter: { Tag: { Key: "kind", Value: "log" } } };
const code = (...Rules: JsonObject[]) =>
  refusalOf("s3", "PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules } })?.code;
const moved = (...Transitions: JsonObject[]): JsonObject => ({ ...everything, Expiration: { Days: 365 }, Transitions });

describe("a lifecycle", () => {
  it.each<[string, JsonObject]>([
    ["expires objects", { ...everything, Expiration: { Days: 1 } }],
    ["expires objects at a date", { ...everything, Expiration: { Date: "2030-01-01T00:00:00Z" } }],
    [
      "expires old versions and unfinished uploads",
      {
        ...everything,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ],
    ["removes delete markers", { ...everything, Expiration: { ExpiredObjectDeleteMarker: true } }],
    ["moves objects to rare access", moved({ Days: 30, StorageClass: "STANDARD_IA" })],
    ["moves objects to an archive at once", moved({ Days: 0, StorageClass: "GLACIER" })],
    ["expires tagged objects", { ...tagged, Expiration: { Days: 1 } }],
  ])("%s", (_, rule) => {
    expect(code(rule)).toBeUndefined();
  });

  it.each<[string, string, JsonObject[]]>([
    ["no days", "InvalidArgument", [{ ...everything, Expiration: { Days: 0 } }]],
    [
      "no days of old versions",
      "InvalidArgument",
      [{ ...everything, NoncurrentVersionExpiration: { NoncurrentDays: 0 } }],
    ],
    [
      "no days of uploads",
      "InvalidArgument",
      [{ ...everything, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0 } }],
    ],
    ["an id twice", "InvalidArgument", [moved(), moved()]],
    ["a long id", "InvalidArgument", [{ ...moved(), ID: "a".repeat(256) }]],
    ["no action", "InvalidRequest", [everything]],
    ["a day and a date", "MalformedXML", [{ ...everything, Expiration: { Days: 1, Date: "2030-01-01T00:00:00Z" } }]],
    ["a time of day", "InvalidArgument", [{ ...everything, Expiration: { Date: "2030-01-01T12:00:00Z" } }]],
    ["rare access at once", "InvalidArgument", [moved({ Days: 29, StorageClass: "ONEZONE_IA" })]],
    [
      "two moves to a class",
      "InvalidArgument",
      [moved({ Days: 40, StorageClass: "GLACIER" }, { Days: 50, StorageClass: "GLACIER" })],
    ],
    ["a move after the expiration", "InvalidArgument", [moved({ Days: 365, StorageClass: "GLACIER" })]],
    ["tags of uploads", "InvalidRequest", [{ ...tagged, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }]],
    ["tags of delete markers", "InvalidRequest", [{ ...tagged, Expiration: { ExpiredObjectDeleteMarker: true } }]],
  ])("is refused with %s", (_, expected, rules) => {
    expect(code(...rules)).toBe(expected);
  });
});
