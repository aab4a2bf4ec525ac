import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const refused = "InvalidParameterValueException";
const create = (change: JsonObject) =>
  refusalOf("lambda", "CreateFunction", {
    FunctionName: "orders",
    Role: "arn:aws:iam::111122223333:role/orders",
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { S3Bucket: "code", S3Key: "orders.zip" },
    ...change,
  })?.code;
const update = (change: JsonObject) =>
  refusalOf("lambda", "UpdateFunctionConfiguration", { FunctionName: "orders", ...change })?.code;
const image = { PackageType: "Image", Code: { ImageUri: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1" } };
const variables = (Variables: JsonObject) => ({ Environment: { Variables } });

describe("a function", () => {
  it.each([
    [{}],
    [{ PackageType: "Zip", Runtime: "provided.al2023", Handler: "bootstrap" }],
    [{ ...image, Runtime: undefined, Handler: undefined }],
    [{ Timeout: 900, MemorySize: 10240 }],
    [{ MemorySize: 32768, CapacityProviderConfig: {} }],
    [variables({ AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper", TABLE: "x".repeat(4000) })],
  ])("is created with %j", (change) => {
    expect(create(change)).toBeUndefined();
  });

  it.each([
    [{ Runtime: undefined }],
    [{ Handler: undefined }],
    [image],
    [{ ...image, Runtime: undefined, Handler: undefined, Layers: ["arn:aws:lambda:us-east-1:111122223333:layer:a:1"] }],
    [{ Runtime: "nodejs14.x" }],
    [{ Runtime: "python2.7" }],
    [{ Timeout: 901 }],
    [{ MemorySize: 10241 }],
    [variables({ AWS_REGION: "eu-west-1" })],
    [variables({ TABLE: "x".repeat(4092) })],
  ])("is never created with %j", (change) => {
    expect(create(change)).toBe(refused);
  });

  it("changes to no runtime that has ended, but keeps what it does not change", () => {
    expect([{}, { Runtime: "nodejs22.x" }, { Runtime: "nodejs12.x" }].map(update)).toEqual([
      undefined,
      undefined,
      refused,
    ]);
    expect([{ Timeout: 901 }, variables({ _HANDLER: "a" })].map(update)).toEqual([refused, refused]);
  });
});

describe("a mapping of a queue to a function", () => {
  const map = (change: JsonObject, queue = "orders") =>
    refusalOf("lambda", "CreateEventSourceMapping", {
      FunctionName: "orders",
      EventSourceArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`,
      ...change,
    })?.code;

  it("has more than 10 messages in a batch only with a window", () => {
    expect([map({}), map({ BatchSize: 10 }), map({ BatchSize: 11 })]).toEqual([undefined, undefined, refused]);
    expect(map({ BatchSize: 11, MaximumBatchingWindowInSeconds: 1 })).toBeUndefined();
    const EventSourceArn = "arn:aws:kinesis:us-east-1:111122223333:stream/orders";
    expect(map({ EventSourceArn, BatchSize: 100 })).toBeUndefined();
  });

  it("has neither a window nor more than 10 messages for a FIFO queue", () => {
    const fifo = (change: JsonObject) => map(change, "orders.fifo");
    expect(fifo({ BatchSize: 10 })).toBeUndefined();
    expect([fifo({ BatchSize: 11 }), fifo({ MaximumBatchingWindowInSeconds: 1 })]).toEqual([refused, refused]);
  });
});
