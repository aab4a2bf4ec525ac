import { isJsonObject, scalarText, type JsonValue } from "../wire/json";
import type { Model } from "./model";

/** How the values of a type are written, by the type's name in the model. */
type Writers = Readonly<Record<string, (value: JsonValue) => unknown>>;

/** The output of an operation with the values of some types changed. */
export function mapOutput(value: JsonValue, model: Model, name: string, writers: Writers): unknown {
  const shape = model.shapes[name];
  const write = writers[shape?.type ?? ""];
  if (value == null || !shape) return value;
  if (write) return write(value);
  if (Array.isArray(value)) {
    return value.map((item: JsonValue) => mapOutput(item, model, shape.member?.shape ?? "", writers));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const target = shape.members?.[key]?.shape ?? shape.value?.shape ?? "";
      return [key, mapOutput(item, model, target, writers)];
    }),
  );
}

/** The output of an operation with its times in seconds since 1970, as AWS JSON has them. */
export function withEpochSeconds(output: JsonValue, model: Model, operation: string): JsonValue {
  const shape = model.operations[operation]?.output?.shape ?? "";
  const seconds = (value: JsonValue) => (typeof value === "number" ? value : Date.parse(scalarText(value)) / 1000);
  return mapOutput(output, model, shape, { timestamp: seconds }) as JsonValue; // numbers are values of JSON
}
