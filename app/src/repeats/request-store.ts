import { ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, PutItemCommand, type AttributeValue, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DependencyUnavailable } from "../dependency";

// Longer than the longest request. When a task ends during a request, its key is released after this time.
const attemptSeconds = 60;
const answerSeconds = 24 * 60 * 60;

/** Timeouts of the DynamoDB client: three attempts take less than the 29 s integration timeout of API Gateway. */
export const clientDefaults: DynamoDBClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** The response to the first request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request with an idempotency key; only the attempt that holds the key is processed. */
export interface Attempt {
  /** Digest of caller, URL and key. */
  readonly request: string;
  /** Distinguishes this attempt from other attempts of the same request. */
  readonly id: string;
  /** Digest of the body; the same key with another body is an error (422). */
  readonly fingerprint: string;
}

/** An earlier request with the same key; without an answer it is still in progress. */
export interface Earlier {
  readonly fingerprint: string;
  readonly answer?: Answer;
}

/** Stores responses by idempotency key, in a table with the partition key `request` and the time to live attribute `ends`. */
export class RequestStore {
  constructor(
    private readonly table: string,
    private readonly dynamo: DynamoDBClient = new DynamoDBClient(clientDefaults),
    private readonly now: () => number = Date.now,
  ) {}

  /** Acquires the key of a request, or returns the earlier request that holds it. */
  async begin({ request, id, fingerprint }: Attempt): Promise<Earlier | undefined> {
    const Item = { request: { S: request }, attempt: { S: id }, fingerprint: { S: fingerprint }, ends: this.in(attemptSeconds) };
    try {
      await this.dynamo.send(
        new PutItemCommand({
          TableName: this.table,
          Item,
          // DynamoDB may delete expired items days later.
          ConditionExpression: "attribute_not_exists(#request) or #ends < :now",
          ExpressionAttributeNames: { "#request": "request", "#ends": "ends" },
          ExpressionAttributeValues: { ":now": this.in(0) },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item !== undefined) return earlier(error.Item);
      throw new DependencyUnavailable("request store", error);
    }
  }

  /** Stores the response for a day. */
  async finish({ request, id, fingerprint }: Attempt, answer: Answer): Promise<void> {
    const Item = {
      request: { S: request },
      attempt: { S: id },
      fingerprint: { S: fingerprint },
      answer: { S: JSON.stringify(answer) },
      ends: this.in(answerSeconds),
    };
    await this.dynamo.send(new PutItemCommand({ TableName: this.table, Item, ...ownedBy(id) }));
  }

  /** Releases the key of a failed request, which may then be retried. */
  async forget({ request, id }: Attempt): Promise<void> {
    await this.dynamo.send(new DeleteItemCommand({ TableName: this.table, Key: { request: { S: request } }, ...ownedBy(id) }));
  }

  close(): void {
    this.dynamo.destroy();
  }

  private in(seconds: number): AttributeValue.NMember {
    return { N: String(Math.floor(this.now() / 1000) + seconds) };
  }
}

// An attempt that exceeds `attemptSeconds` may have lost its key to another attempt.
function ownedBy(id: string) {
  return {
    ConditionExpression: "#attempt = :attempt",
    ExpressionAttributeNames: { "#attempt": "attempt" },
    ExpressionAttributeValues: { ":attempt": { S: id } },
  };
}

function earlier({ fingerprint, answer }: Record<string, AttributeValue>): Earlier {
  return { fingerprint: fingerprint?.S ?? "", ...(answer?.S !== undefined && { answer: JSON.parse(answer.S) }) };
}
