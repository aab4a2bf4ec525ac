import { over, type Measure, type Metric } from "../metric";

/** Operations on items; ten metrics are what an alarm can add up. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
const operations = [
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
];

/** Reads and writes of a table that DynamoDB put off. */
export function throttled(table: string): Measure {
  const metrics = ["ReadThrottleEvents", "WriteThrottleEvents"].map((name) => metric(name, { TableName: table }));
  return over("throttled", "throttled reads and writes", metrics, (parts) => parts.join(" + "));
}

/** Requests to a table that failed by AWS's fault, which DynamoDB counts by operation. */
export function failed(table: string): Measure {
  const metrics = operations.map((Operation) => metric("SystemErrors", { TableName: table, Operation }));
  return over("failed", "failed requests", metrics, (parts) => parts.join(" + "));
}

function metric(metricName: string, dimensions: Metric["dimensions"]): Metric {
  return { namespace: "AWS/DynamoDB", metricName, dimensions, statistic: "Sum" };
}
