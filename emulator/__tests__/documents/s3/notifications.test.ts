import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const to = (prefix: string, suffix: string, ...Events: readonly string[]): JsonObject => ({
  Events,
  Filter: {
    Key: {
      FilterRules: [
        { Name: "Prefix", Value: prefix },
        { Name: "Suffix", Value: suffix },
      ],
    },
  },
});
const all: JsonObject = { Events: ["s3:ObjectCreated:*"] };
const put = (queue: JsonObject, topic: JsonObject) =>
  refusalOf("s3", "PutBucketNotificationConfiguration", {
    NotificationConfiguration: { QueueConfigurations: [queue], TopicConfigurations: [topic] },
  });

describe("the notifications of a bucket", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["events", all, { Events: ["s3:ObjectRemoved:*"] }],
    ["prefixes", to("in/", "", "s3:ObjectCreated:*"), to("out/", "", "s3:ObjectCreated:*")],
    ["suffixes", to("in/", ".jpg", "s3:ObjectCreated:*"), to("in/", ".png", "s3:ObjectCreated:Put")],
  ])("may have different %s", (_, queue, topic) => {
    expect(put(queue, topic)).toBeUndefined();
  });

  it("are refused when two have one event type", () => {
    expect(put(all, { Events: ["s3:ObjectCreated:Put"] })).toEqual({
      code: "InvalidArgument",
      message: "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
    });
  });

  it.each<[JsonObject, JsonObject]>([
    [to("in/", "", "s3:ObjectCreated:*"), to("in/images/", ".jpg", "s3:ObjectCreated:Put")],
    [to("in/", ".jpg", "s3:ObjectCreated:*"), to("in/", "image.jpg", "s3:ObjectCreated:*")],
  ])("are refused when %j and %j get one object", (queue, topic) => {
    const refusal = put(queue, topic);
    expect(refusal?.code).toBe("InvalidArgument");
    expect(refusal?.message).toMatch(/^Configuration is ambiguously defined/);
  });
});
