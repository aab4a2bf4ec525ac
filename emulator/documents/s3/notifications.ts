import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { DocumentCheck } from "../document";
import { invalidArgument as invalid } from "../refusals";

/** What a bucket notifies: one object with one event goes to one queue, topic or function. */
export const notifications: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketNotificationConfiguration"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
  check: ({ NotificationConfiguration }) => {
    const { QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations } =
      object(NotificationConfiguration);
    const all = [QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations].flatMap(objects).map(noticeOf);
    const [one, other] = all.flatMap((each, index) => {
      const overlap = all.slice(0, index).find((before) => overlaps(before, each));
      return overlap ? [overlap, each] : [];
    });
    if (!one || !other) return undefined;
    return [one, other].some(({ prefix, suffix }) => prefix === "" && suffix === "")
      ? invalid("Configurations overlap. Configurations on the same bucket cannot share a common event type.")
      : invalid(
          "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
        );
  },
};

interface Notice {
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

function noticeOf({ Events, Filter }: JsonObject): Notice {
  const rules = objects(object(object(Filter).Key).FilterRules);
  const value = (name: string): string => text(rules.find(({ Name }) => text(Name).toLowerCase() === name)?.Value);
  return { events: list(Events).map(text), prefix: value("prefix"), suffix: value("suffix") };
}

function overlaps(one: Notice, other: Notice): boolean {
  return (
    one.events.some((event) => other.events.some((each) => covers(event, each) || covers(each, event))) &&
    (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
    (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
  );
}

/** Whether an event type, such as s3:ObjectCreated:*, has another. */
function covers(type: string, other: string): boolean {
  return type === other || (type.endsWith("*") && other.startsWith(type.slice(0, -1)));
}
