import { list, object, text, type JsonObject } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { isOutside, isSet, numberOf } from "./values";

/** Package, runtime, limits and variables of a new function. */
const newFunctions: DocumentCheck = {
  service: "lambda",
  operations: ["CreateFunction"],
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
  check: (input) => firstRefusal([packaging, newRuntime, memory, timeout, variables], input),
};

/** Runtime, limits and variables of a function that changes. */
const changedFunctions: DocumentCheck = {
  service: "lambda",
  operations: ["UpdateFunctionConfiguration"],
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
  check: (input) => firstRefusal([changedRuntime, timeout, variables], input),
};

/** How many messages of a queue invoke a function at once. */
const eventSources: DocumentCheck = {
  service: "lambda",
  operations: ["CreateEventSourceMapping"],
  source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html",
  check: ({ EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds }) => {
    const arn = text(EventSourceArn);
    if (!/^arn:[\w-]+:sqs:/.test(arn)) return undefined;
    const [size, window] = [numberOf(BatchSize) ?? 10, numberOf(MaximumBatchingWindowInSeconds) ?? 0];
    if (arn.endsWith(".fifo")) {
      if (size > 10) return invalid("Batch size must be at most 10 for a FIFO queue");
      return window > 0 ? invalid("Batching window is not supported for FIFO queues") : undefined;
    }
    return size > 10 && window === 0
      ? invalid("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")
      : undefined;
  },
};

/** Checks of requests to Lambda. */
export const lambda: readonly DocumentCheck[] = [newFunctions, changedFunctions, eventSources];

/** Runtimes that a function can neither be created with nor changed to, since 2023 at the latest. */
const ended = [
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "nodejs",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs4.3",
  "nodejs4.3-edge",
  "nodejs6.10",
  "nodejs8.10",
  "python2.7",
  "python3.6",
  "ruby2.5",
];

/** Runtimes that a function can no longer be created with, since the start of 2024. */
const notCreated = ["go1.x", "java8", "nodejs14.x", "provided", "python3.7", "ruby2.7"];

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
const reserved = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
];

function invalid(message: string): Refusal {
  return { code: "InvalidParameterValueException", message };
}

function packaging({ PackageType, Handler, Runtime, Layers }: JsonObject): Refusal | undefined {
  const [handler, runtime] = [text(Handler), text(Runtime)];
  if (PackageType === "Image") {
    return handler !== "" || runtime !== "" || list(Layers).length > 0
      ? invalid("Please don't provide Handler or Runtime or Layer when the intent is to create function from Image")
      : undefined;
  }
  return handler === "" || runtime === ""
    ? invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.")
    : undefined;
}

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
function newRuntime({ Runtime }: JsonObject): Refusal | undefined {
  return [...ended, ...notCreated].includes(text(Runtime)) ? endedRuntime(text(Runtime)) : undefined;
}

function changedRuntime({ Runtime }: JsonObject): Refusal | undefined {
  return ended.includes(text(Runtime)) ? endedRuntime(text(Runtime)) : undefined;
}

function endedRuntime(runtime: string): Refusal {
  return invalid(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
  );
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
function memory({ MemorySize, CapacityProviderConfig }: JsonObject): Refusal | undefined {
  // Functions on instances of the account have more.
  return !isSet(CapacityProviderConfig) && isOutside(MemorySize, 128, 10240)
    ? invalid("'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240")
    : undefined;
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
function timeout({ Timeout }: JsonObject): Refusal | undefined {
  return isOutside(Timeout, 1, 900)
    ? invalid(
        `1 validation error detected: Value '${numberOf(Timeout) ?? ""}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900`,
      )
    : undefined;
}

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
function variables({ Environment }: JsonObject): Refusal | undefined {
  const all = Object.entries(object(object(Environment).Variables));
  const used = all.map(([name]) => name).filter((name) => reserved.includes(name));
  const failure =
    "Lambda was unable to configure your environment variables because the environment variables you have provided";
  if (used.length > 0) {
    return invalid(
      `${failure} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${used.join(", ")}`,
    );
  }
  const size = all.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text(value)), 0);
  return size > 4096 ? invalid(`${failure} exceeded the 4KB limit.`) : undefined;
}
