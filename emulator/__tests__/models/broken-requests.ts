import { isQuery } from "../../models/client";
import { matchesPattern } from "../../models/pattern";
import type { Model, Ref, Shape } from "../../models/model";
import { isJsonObject, omit, type JsonObject, type JsonValue } from "../../wire/json";

/** An input with one constraint of AWS's model broken. */
export interface Broken {
  /** Which constraint, such as "Name: longer than 32". */
  readonly what: string;
  readonly input: JsonObject;
}

/** Whether a value of the wrong type can be written: forms and XML have only text. */
interface Wire {
  readonly isTyped: boolean;
  readonly hasEmptyLists: boolean;
}

/** All ways to break one constraint of an input. */
export function* brokenInputs(model: Model, operation: string, input: JsonObject): Generator<Broken> {
  const shape = model.operations[operation]?.input?.shape;
  if (shape === undefined) return;
  const { protocol } = model.metadata;
  const isText = protocol === "ec2" || protocol === "rest-xml" || isQuery(model);
  const wire = { isTyped: !isText, hasEmptyLists: protocol !== "ec2" && protocol !== "rest-xml" };
  for (const [what, value] of breakStructure(model, shape, input, "", wire)) {
    if (isJsonObject(value)) yield { what, input: value };
  }
}

type Change = readonly [what: string, value: JsonValue];

function* breakStructure(model: Model, name: string, value: JsonObject, path: string, wire: Wire): Generator<Change> {
  const { members = {}, required = [] } = model.shapes[name] ?? {};
  for (const member of required) {
    const ref = members[member];
    // Without a label, header or parameter of the query the request is one of another operation.
    if (ref?.location !== undefined || ref?.idempotencyToken || value[member] === undefined) continue;
    const rest = omit(value, [member]);
    // A form cannot have an empty structure.
    if (wire.isTyped || Object.keys(rest).length > 0) yield [`${path}${member}: missing`, rest];
  }
  for (const [member, ref] of Object.entries(members)) {
    const item = value[member];
    if (item == null) continue;
    for (const [what, changed] of breakValue(model, ref, item, `${path}${member}`, wire)) {
      yield [what, { ...value, [member]: changed }];
    }
  }
}

function* breakValue(model: Model, ref: Ref, value: JsonValue, path: string, wire: Wire): Generator<Change> {
  const shape = model.shapes[ref.shape];
  const isTyped = wire.isTyped && ref.location === undefined;
  if (shape?.type === "structure" && isJsonObject(value) && !shape.document) {
    if (isTyped) yield [`${path}: not a structure`, "text"];
    yield* breakStructure(model, ref.shape, value, `${path}.`, wire);
  } else if (shape?.type === "list" && Array.isArray(value)) {
    if (isTyped) yield [`${path}: not a list`, 7];
    yield* breakList(model, shape, value, path, wire);
  } else if (shape?.type === "map" && isJsonObject(value)) {
    if (isTyped) yield [`${path}: not a map`, 7];
    for (const [key, item] of Object.entries(value)) {
      for (const [what, changed] of shape.value ? breakValue(model, shape.value, item, `${path}[${key}]`, wire) : []) {
        yield [what, { ...value, [key]: changed }];
      }
    }
  } else if (shape?.type === "string" && typeof value === "string" && value !== "") {
    // A label cannot be empty, and cannot be longer than a request line.
    if (isTyped) yield [`${path}: not a string`, 7];
    if (ref.location !== "uri") yield* breakString(shape, value, path);
  } else if (shape?.type === "boolean") {
    yield [`${path}: not a boolean`, "maybe"];
  } else if (shape?.type === "timestamp") {
    yield [`${path}: not a time`, "yesterday"];
  } else if (typeof value === "number") {
    yield [`${path}: not a number`, "seven"];
    if (shape?.min !== undefined) yield [`${path}: less than ${shape.min}`, shape.min - 1];
    if (shape?.max !== undefined) yield [`${path}: more than ${shape.max}`, shape.max + 1];
  }
}

function* breakList(
  model: Model,
  shape: Shape,
  value: readonly JsonValue[],
  path: string,
  wire: Wire,
): Generator<Change> {
  const { member, min = 0, max = Infinity } = shape;
  if (min > 0 && wire.hasEmptyLists) yield [`${path}: shorter than ${min}`, []];
  if (max <= 200 && value[0] !== undefined) yield [`${path}: longer than ${max}`, Array(max + 1).fill(value[0])];
  for (const [index, item] of value.entries()) {
    for (const [what, changed] of member ? breakValue(model, member, item, `${path}[${index}]`, wire) : []) {
      yield [what, value.with(index, changed)];
    }
  }
}

function* breakString(
  { min = 0, max = Infinity, pattern, enum: values }: Shape,
  value: string,
  path: string,
): Generator<Change> {
  if (min > 1) yield [`${path}: shorter than ${min}`, value.slice(0, min - 1)];
  if (max <= 3000) yield [`${path}: longer than ${max}`, value.padEnd(max + 1, "x")];
  if (values) yield [`${path}: not in the enum`, `${value}-of-no-kind`];
  const wrong = ["§ §", "!", " ", "a b/c?d=e"].find((text) => pattern !== undefined && !matchesPattern(pattern, text));
  if (wrong !== undefined) yield [`${path}: against its pattern`, wrong];
}
