import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidArgument as invalid, invalidRequest } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";

/** The rules of a bucket's lifecycle. */
export const lifecycles: DocumentCheck = {
  service: "s3",
  operations: ["PutBucketLifecycleConfiguration"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
  check: ({ LifecycleConfiguration }) => {
    const rules = objects(object(LifecycleConfiguration).Rules);
    const duplicate = firstDuplicate(rules.map(({ ID }) => text(ID)).filter((id) => id !== ""));
    return duplicate === undefined
      ? rules
          .map((rule) => firstRefusal([identifier, action, days, dates, tags, transitions, expiration], rule))
          .find((refusal) => refusal !== undefined)
      : invalid(`Rule ID must be unique. Found same ID for more than one rule`);
  },
};

/** Storage classes to which an object moves after 30 days at the earliest. */
const infrequent = ["STANDARD_IA", "ONEZONE_IA"];
const leastDays = 30;

function identifier({ ID }: JsonObject): Refusal | undefined {
  return text(ID).length > 255 ? invalid("ID length should not exceed allowed limit of 255") : undefined;
}

function action(rule: JsonObject): Refusal | undefined {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const { Transitions, NoncurrentVersionTransitions } = rule;
  const isFound =
    [Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload].some(isSet) ||
    [Transitions, NoncurrentVersionTransitions].some((each) => list(each).length > 0);
  return isFound ? undefined : invalidRequest("At least one action needs to be specified in a rule");
}

function days(rule: JsonObject): Refusal | undefined {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const counts = [
    [object(Expiration).Days, "'Days' for Expiration action must be a positive integer"],
    [
      object(NoncurrentVersionExpiration).NoncurrentDays,
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      object(AbortIncompleteMultipartUpload).DaysAfterInitiation,
      "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    ],
  ] as const;
  const wrong = counts.find(([count]) => isOutside(count, 1, Infinity));
  return wrong && invalid(wrong[1]);
}

function dates({ Expiration, Transitions }: JsonObject): Refusal | undefined {
  const { Date: date, Days } = object(Expiration);
  if (isSet(date) && isSet(Days)) {
    return {
      code: "MalformedXML",
      message: "The XML you provided was not well-formed or did not validate against our published schema",
    };
  }
  const all = [date, ...objects(Transitions).map((each) => each.Date)].filter(isSet);
  return all.some((each) => !isMidnight(each)) ? invalid("'Date' must be at midnight GMT") : undefined;
}

function isMidnight(value: JsonObject[string]): boolean {
  const instant = typeof value === "number" ? value * 1000 : Date.parse(text(value));
  return Number.isNaN(instant) || instant % 86_400_000 === 0;
}

/** Actions that a rule with tags does not have. */
function tags({ Filter, Expiration, AbortIncompleteMultipartUpload }: JsonObject): Refusal | undefined {
  const { Tag, And } = object(Filter);
  if (!isSet(Tag) && list(object(And).Tags).length === 0) return undefined;
  if (isSet(AbortIncompleteMultipartUpload)) {
    return invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
  }
  return object(Expiration).ExpiredObjectDeleteMarker === true
    ? invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.")
    : undefined;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
function transitions({ Transitions, NoncurrentVersionTransitions }: JsonObject): Refusal | undefined {
  const noncurrent: readonly JsonObject[] = objects(NoncurrentVersionTransitions).map((each) => ({
    ...each,
    Days: each.NoncurrentDays,
  }));
  const current: readonly JsonObject[] = objects(Transitions);
  for (const all of [current, noncurrent]) {
    const early = all.find(
      ({ Days, StorageClass }) => infrequent.includes(text(StorageClass)) && isOutside(Days, leastDays, Infinity),
    );
    if (early) {
      return invalid(
        `'Days' in Transition action must be greater than or equal to 30 for storageClass '${text(early.StorageClass)}'`,
      );
    }
    const twice = firstDuplicate(all.map(({ StorageClass }) => text(StorageClass)));
    if (twice !== undefined) {
      return invalid(`'StorageClass' must be different for 'Transition' actions in same 'Rule'. Found: ${twice}`);
    }
  }
  return undefined;
}

function expiration({ Expiration, Transitions }: JsonObject): Refusal | undefined {
  const last = numberOf(object(Expiration).Days);
  const moved = objects(Transitions)
    .map(({ Days }) => numberOf(Days))
    .filter((count) => count !== undefined);
  return last !== undefined && moved.some((count) => count >= last)
    ? invalid("'Days' in the Expiration action must be greater than 'Days' in the Transition action")
    : undefined;
}
