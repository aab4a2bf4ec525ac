import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";
import { maximumIdleSeconds, consumerLiveness } from "../../src/orders/consumer-liveness";
import { serveLiveness } from "../../src/process/liveness";
import { eventually, freePort } from "../fixtures/child";
import { clientOf } from "../fixtures/emulated-aws";
import { startProgram } from "../fixtures/program";

// No server listens on this port: the queue is unavailable.
const endpoint = "http://127.0.0.1:9";

function consumerWithoutQueue(): Consumer {
  const sqs = new SQSClient({ ...clientOf(endpoint), maxAttempts: 1 });
  const consumer = Consumer.create({ queueUrl: `${endpoint}/1/orders`, sqs, handleMessageBatch: async (messages) => messages });
  consumer.on("error", () => undefined);
  return consumer;
}

describe("the liveness of the worker", () => {
  it("ends when the time without events exceeds the limit", () => {
    let now = 0;
    const isAlive = consumerLiveness(consumerWithoutQueue(), () => now);
    now = maximumIdleSeconds * 1000 - 1;
    assert.equal(isAlive(), true);
    now += 1;
    assert.equal(isAlive(), false);
  });

  it("continues while the queue is unavailable", async () => {
    let now = 0;
    const consumer = consumerWithoutQueue();
    const isAlive = consumerLiveness(consumer, () => now);
    now = maximumIdleSeconds * 1000;
    consumer.start();
    await eventually(async () => assert.equal(isAlive(), true));
    consumer.stop({ abort: true });
  });

  it("determines the result of the container's health check", async () => {
    const port = await freePort();
    const check = () => startProgram("health-check", { PORT: String(port) }).exit;
    let isAlive = true;
    const liveness = await serveLiveness(port, () => isAlive);
    assert.equal(await check(), 0);
    isAlive = false;
    assert.equal(await check(), 1);
    liveness.stop();
    assert.equal(await check(), 1);
  });
});
