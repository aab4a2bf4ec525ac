import { ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, PutItemCommand, type AttributeValue, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DependencyUnavailable } from "../dependency";

// Longer than a request may take: a task that ended in the middle of one keeps its key for no longer.
const attemptSeconds = 60;
const answerSeconds = 24 * 60 * 60;

/** How DynamoDB is called: three tries end before an API in front gives up after 29 s. */
export const clientDefaults: DynamoDBClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** What a first request was answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request under a key: only the holder of the key does its work. */
export interface Attempt {
  /** Who calls, what, and under which key, as one text. */
  readonly request: string;
  /** Distinguishes this attempt from others of the same request. */
  readonly id: string;
  /** What is asked for, as one text: another question under the same key is a mistake. */
  readonly fingerprint: string;
}

/** What is known of a request whose key was used before; without an answer it is still in work. */
export interface Earlier {
  readonly fingerprint: string;
  readonly answer?: Answer;
}

/** Answers by the keys of their requests, in a table with the partition key `request` and the time to live `ends`. */
export class RequestStore {
  constructor(
    private readonly table: string,
    private readonly dynamo: DynamoDBClient = new DynamoDBClient(clientDefaults),
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes the key of a request, or gives what is known of the one that has it. */
  async begin({ request, id, fingerprint }: Attempt): Promise<Earlier | undefined> {
    const Item = { request: { S: request }, attempt: { S: id }, fingerprint: { S: fingerprint }, ends: this.in(attemptSeconds) };
    try {
      await this.dynamo.send(
        new PutItemCommand({
          TableName: this.table,
          Item,
          // DynamoDB deletes what has ended hours later.
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

  /** Keeps what the request was answered, for a day. */
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

  /** Lets the key go: the request failed and may be made again. */
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

// An attempt that took too long has lost its key to another one.
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
