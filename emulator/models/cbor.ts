import { Decoder, Encoder } from "cbor-x";
import type { Call } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { isJsonObject, scalarText, type JsonObject, type JsonValue } from "../wire/json";
import type { Model } from "./model";
import { mapOutput } from "./output-types";
import type { Problems } from "./problem";

const decoder = new Decoder({ mapsAsObjects: true, useRecords: false });
const encoder = new Encoder({ mapsAsObjects: true, useRecords: false, variableMapSize: true, tagUint8Array: false });

/** Whether a call has Smithy's CBOR protocol: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export function isCbor({ headers }: Pick<Call, "headers">): boolean {
  return headers["smithy-protocol"] === "rpc-v2-cbor";
}

/** Decodes a body: times are in seconds and bytes in base64, as in the JSON protocols; a malformed body is a problem. */
export function decodeCbor(body: Buffer, problems: Problems): JsonValue {
  if (body.length === 0) return {};
  try {
    const value = plain(decoder.decode(body));
    if (!isJsonObject(value)) problems.add("", "the body must be a CBOR map");
    return value;
  } catch {
    problems.add("", "the body must be valid CBOR");
    return undefined;
  }
}

/** Encodes the output of an operation: CBOR has types of its own for times and bytes. */
export function encodeCbor(output: JsonObject, model: Model, operation: string): Buffer {
  const shape = model.operations[operation]?.output?.shape ?? "";
  return encoder.encode(
    mapOutput(output, model, shape, {
      timestamp: (value) => new Date(typeof value === "number" ? value * 1000 : scalarText(value)),
      blob: (value) => Buffer.from(scalarText(value), "base64"),
    }),
  );
}

/** A reply in CBOR. */
export function cborReply(body: Buffer, status = 200): Reply {
  return { status, headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" }, body };
}

/** Encodes an error. */
export function encodeCborError(code: string, message: string): Buffer {
  return encoder.encode({ __type: code, message });
}

function plain(value: unknown): JsonValue {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value as JsonValue; // CBOR has no other types
}
