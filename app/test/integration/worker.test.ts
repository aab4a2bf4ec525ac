import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DatabaseUnavailable, type Database } from "../../src/database/database";
import { orderConsumer } from "../../src/orders/order-consumer";
import { migratedDatabase, quiet } from "../fixtures/api";
import { eventually, freePort } from "../fixtures/child";
import { clientOf, noAws, startAws } from "../fixtures/emulated-aws";
import { preparedFolder } from "../fixtures/prepared";
import { startProgram } from "../fixtures/program";

const item = "00000000-0000-4000-8000-000000000001";

describe("the worker", { skip: noAws }, () => {
  let aws: Awaited<ReturnType<typeof startAws>>;
  let sqs: SQSClient;
  let database: Database;
  let queueUrl: string;
  let deadLetters: string;

  before(async () => {
    aws = await startAws();
    sqs = new SQSClient(clientOf(aws.endpoint));
    database = await migratedDatabase();
  });
  beforeEach(async () => {
    const name = randomUUID();
    deadLetters = (await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead` }))).QueueUrl ?? "";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:123456789012:${name}-dead`, maxReceiveCount: 2 });
    queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { RedrivePolicy } }))).QueueUrl ?? "";
    await database.execute(`truncate items, orders; insert into items (id, name, description, quantity) values ('${item}', 'a', '', 100)`);
  });
  after(async () => {
    await database.close();
    await aws.stop();
  });

  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  const order = (quantity: number, order_id = randomUUID()) => JSON.stringify({ order_id, item_id: item, quantity });
  const quantity = async () => (await database.query<{ quantity: number }>("select quantity from items"))[0]?.quantity;

  async function left(queue: string): Promise<number> {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: [...names] }));
    return names.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  }

  async function consuming(work: () => Promise<void>, over: Database = database, visibilitySeconds = 1): Promise<void> {
    const consumer = orderConsumer({ database: over, logger: quiet, queueUrl, visibilitySeconds, sqs, waitTimeSeconds: 1 });
    consumer.start();
    try {
      await work();
    } finally {
      consumer.stop({ abort: true });
    }
  }

  it("settles a batch and empties the queue", async () => {
    for (let index = 0; index < 12; index++) await send(order(2));
    await consuming(() => eventually(async () => assert.equal(await left(queueUrl), 0)));
    assert.equal(await quantity(), 76);
  });

  it("settles an order once when it is delivered several times", async () => {
    const id = randomUUID();
    for (let index = 0; index < 3; index++) await send(order(5, id));
    await consuming(() => eventually(async () => assert.equal(await left(queueUrl), 0)));
    assert.equal(await quantity(), 95);
  });

  it("leaves invalid messages to the dead-letter queue, and settles the others", async () => {
    for (const body of ["not JSON", "{}", order(1.5), order(10)]) await send(body);
    await consuming(() => eventually(async () => assert.equal(await left(deadLetters), 3)));
    assert.equal(await left(queueUrl), 0);
    assert.equal(await quantity(), 90);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters, MaxNumberOfMessages: 10 }));
    assert(Messages?.some(({ Body }) => Body === "not JSON"));
  });

  it("keeps messages invisible while it processes them", async () => {
    let transactions = 0;
    const slow: Database = {
      ...database,
      transaction: async (work) => {
        transactions += 1;
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        return database.transaction(work);
      },
    };
    await send(order(1));
    await consuming(async () => {
      await eventually(async () => assert.equal(transactions, 1));
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
      assert.equal(Messages, undefined, "another consumer must not receive the message");
      await eventually(async () => assert.equal(await left(queueUrl), 0));
    }, slow);
    assert.equal(transactions, 1);
  });

  it("receives no messages while the database is unavailable, so that valid messages do not reach the dead-letter queue", async () => {
    let isUnavailable = true;
    let queries = 0;
    const fail = () => (queries++, Promise.reject(new DatabaseUnavailable("unavailable")));
    const failing: Database = {
      ...database,
      query: (sql, values) => (isUnavailable ? fail() : database.query(sql, values)),
      transaction: (work) => (isUnavailable ? fail() : database.transaction(work)),
    };
    await send(order(3));
    await consuming(async () => {
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      assert.equal(await left(deadLetters), 0);
      assert(queries < 5, `${queries} queries and log lines in 4 s`);
      isUnavailable = false;
      await eventually(async () => assert.equal(await quantity(), 97));
    }, failing);
  });

  it("is healthy, finishes its batch on SIGTERM and exits with 0", async () => {
    const PORT = String(await freePort());
    const environment = { ...aws.environment, ORDERS_QUEUE_URL: queueUrl, DATABASE_DIR: await preparedFolder(), PORT };
    for (let index = 0; index < 5; index++) await send(order(1));
    const program = startProgram("worker", environment);
    await program.logged("order settled");
    assert.equal(await startProgram("health-check", { PORT }).exit, 0);
    program.child.kill("SIGTERM");
    assert.equal(await program.exit, 0);
    const settled = program.logs.filter(({ msg }) => msg === "order settled").length;
    assert.equal(await left(queueUrl), 5 - settled);
    assert.equal(program.logs.at(-1)?.msg, "stopped");
  });

  it("exits with 1 without ORDERS_QUEUE_URL", async () => {
    const program = startProgram("worker", {});
    assert.equal(await program.exit, 1);
    assert.match(program.output.join("\n"), /ORDERS_QUEUE_URL: is required by the worker/);
  });
});
