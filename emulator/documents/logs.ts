import { list, object, objects, text, type JsonObject } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { invalidParameter as invalid } from "./refusals";
import { isObject, isSet, numberOf, valueOf } from "./values";

const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The name of a log group. */
export const logGroupNames: DocumentCheck = {
  service: "logs",
  operations: ["CreateLogGroup"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  check: ({ logGroupName }) =>
    /^aws\//i.test(text(logGroupName)) ? invalid("Log groups starting with AWS/ are reserved for AWS.") : undefined,
};

/** For how many days a log group keeps its events. */
export const retention: DocumentCheck = {
  service: "logs",
  operations: ["PutRetentionPolicy"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
  check: ({ retentionInDays }) => {
    const days = numberOf(retentionInDays);
    return days === undefined || retentionDays.includes(days)
      ? undefined
      : invalid(
          `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
        );
  },
};

/** The metric that a filter makes. */
export const metricFilters: DocumentCheck = {
  service: "logs",
  operations: ["PutMetricFilter"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html",
  check: (input) => firstRefusal([pattern, transformation], input),
};

/** Patterns of other filters. */
export const subscriptionFilters: DocumentCheck = {
  service: "logs",
  operations: ["PutSubscriptionFilter"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
  check: (input) => pattern(input) ?? destination(input),
};

/** The document that masks sensitive data in logs. */
export const dataProtection: DocumentCheck = {
  service: "logs",
  operations: ["PutDataProtectionPolicy"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data-start.html",
  check: ({ policyDocument }) => policyProblem(text(policyDocument)),
};

/** Quotation marks, and the brackets around a JSON or space-delimited pattern, come in pairs. */
function pattern({ filterPattern }: JsonObject): Refusal | undefined {
  const written = text(filterPattern).trim();
  const isJson = written.startsWith("{");
  const isOpen = (isJson && !written.endsWith("}")) || (written.startsWith("[") && !written.endsWith("]"));
  const hasSelector = written.includes("$.") || written.includes("$[");
  const hasOperator = /[=<>]|\b(IS|EXISTS)\b/i.test(written);
  return isOpen || (isJson && !(hasSelector && hasOperator)) || isUnbalanced(written, isJson)
    ? invalid("Invalid metric filter pattern")
    : undefined;
}

function isUnbalanced(written: string, isJson: boolean): boolean {
  // A regular expression, %...%, can have each of them alone.
  if (written.includes("%")) return false;
  const bare = written.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return bare.includes('"') || (isJson && count(bare, "(") !== count(bare, ")"));
}

function transformation({ filterPattern, metricTransformations }: JsonObject): Refusal | undefined {
  for (const { metricValue, metricNamespace, defaultValue, dimensions } of objects(metricTransformations)) {
    if (text(metricNamespace).startsWith("AWS/")) {
      return invalid("Invalid metric transformation: metricNamespace can't start with AWS/.");
    }
    const hasDimensions = Object.keys(object(dimensions)).length > 0;
    if (hasDimensions && isSet(defaultValue)) {
      return invalid("Invalid metric transformation: dimensions and default value are mutually exclusive properties.");
    }
    if (hasDimensions && !/^[{[]/.test(text(filterPattern).trim())) {
      return invalid("The specified filter pattern does not support dimensions");
    }
    if (Object.keys(object(dimensions)).length > 3) {
      return invalid("Invalid metric transformation: at most 3 dimensions can be specified.");
    }
    const value = text(metricValue);
    if (!value.startsWith("$") && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) {
      return invalid("Invalid metric transformation: metricValue must be a number or an element of the log event.");
    }
  }
  return undefined;
}

function destination({ destinationArn, roleArn }: JsonObject): Refusal | undefined {
  const needsRole = /^arn:[\w-]+:(kinesis|firehose):/.test(text(destinationArn));
  return needsRole && text(roleArn) === ""
    ? invalid("destinationArn for vendor kinesis and firehose must be used with a roleArn")
    : undefined;
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data-accountlevel.html
function policyProblem(document: string): Refusal | undefined {
  const policy = valueOf(document);
  if (!isObject(policy)) return invalid("The data protection policy document is not valid JSON.");
  if (text(policy.Name) === "" || text(policy.Version) !== "2021-06-01") {
    return invalid("The data protection policy needs a Name and the Version 2021-06-01.");
  }
  const statements = objects(policy.Statement);
  const audit = statements.find(({ Operation }) => isSet(object(Operation).Audit));
  const mask = statements.find(({ Operation }) => isSet(object(Operation).Deidentify));
  if (!audit || !mask || statements.length !== 2) {
    return invalid("The data protection policy must have one Audit and one Deidentify statement.");
  }
  const [audited, masked] = [audit, mask].map(({ DataIdentifier }) => list(DataIdentifier).map(text));
  if (!audited?.length || audited.toSorted().join() !== masked?.toSorted().join()) {
    return invalid("The Audit and the Deidentify statement must have the same data identifiers.");
  }
  if (!isSet(object(object(audit.Operation).Audit).FindingsDestination)) {
    return invalid("The Audit operation must have a FindingsDestination.");
  }
  return isSet(object(object(mask.Operation).Deidentify).MaskConfig)
    ? undefined
    : invalid("The Deidentify operation must have a MaskConfig.");
}

function count(written: string, character: string): number {
  return written.split(character).length - 1;
}
