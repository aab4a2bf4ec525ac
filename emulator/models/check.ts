import { isJsonObject, type JsonObject, type JsonValue } from "../wire/json";
import type { Model, Shape } from "./model";
import { matchesPattern } from "./pattern";
import { below, unknownMember, type Problems } from "./problem";

/** Holds the input of an operation against the constraints of AWS's model, with the words of AWS's own messages. */
export class InputCheck {
  /** @param isWireNamed whether structures inside the input have the names of the wire, as in REST JSON */
  constructor(
    private readonly model: Model,
    private readonly problems: Problems,
    private readonly isWireNamed: boolean,
  ) {}

  /** Checks the input itself. */
  input(shape: string, input: JsonObject): void {
    this.structure(shape, input, "", false);
  }

  private structure(name: string, value: JsonValue, path: string, isWireNamed = this.isWireNamed): void {
    const shape = this.model.shapes[name];
    if (!shape || shape.document) return;
    if (!isJsonObject(value)) {
      this.problems.add(path, "must be a structure");
      return;
    }
    const members = shape.members ?? {};
    const byName = isWireNamed
      ? new Map(Object.entries(members).map(([member, ref]) => [ref.locationName ?? member, member]))
      : undefined;
    const sent = new Set<string>();
    for (const [key, item] of Object.entries(value)) {
      const member = byName ? byName.get(key) : key;
      const ref = member === undefined ? undefined : members[member];
      if (member === undefined || !ref) this.problems.add(below(path, key), unknownMember);
      else if (item != null) {
        sent.add(member);
        this.value(ref.shape, item, below(path, member));
      }
    }
    for (const member of shape.required ?? []) {
      // SDKs fill in an idempotency token.
      if (!sent.has(member) && !members[member]?.idempotencyToken)
        this.problems.add(below(path, member), "is required");
    }
    if (shape.union && sent.size !== 1) this.problems.add(path, "exactly one member must be set");
  }

  private value(name: string, value: JsonValue, path: string): void {
    const shape = this.model.shapes[name];
    switch (shape?.type) {
      case "structure":
        this.structure(name, value, path);
        return;
      case "list":
        this.list(shape, value, path);
        return;
      case "map":
        this.map(shape, value, path);
        return;
      case "string":
        this.string(shape, value, path);
        return;
      case "blob":
        if (typeof value !== "string") this.problems.add(path, "must be a base64 string");
        return;
      case "timestamp":
        if (!isTimestamp(value)) this.problems.add(path, "must be a timestamp");
        return;
      case "boolean":
        if (typeof value !== "boolean") this.problems.add(path, "must be of type boolean");
        return;
      case "integer":
      case "long":
        if (!Number.isInteger(value)) this.problems.add(path, `must be of type ${shape.type}`);
        else this.range(shape, Number(value), path, "value");
        return;
      case "float":
      case "double":
        if (typeof value !== "number") this.problems.add(path, `must be of type ${shape.type}`);
        else this.range(shape, value, path, "value");
    }
  }

  private list(shape: Shape, value: JsonValue, path: string): void {
    if (!Array.isArray(value)) {
      this.problems.add(path, "must be a list");
      return;
    }
    this.range(shape, value.length, path, "length");
    const { member } = shape;
    const items: readonly JsonValue[] = value;
    items.forEach((item, index) => {
      if (member) this.value(member.shape, item, `${path}[${index}]`);
    });
  }

  private map(shape: Shape, value: JsonValue, path: string): void {
    if (!isJsonObject(value)) {
      this.problems.add(path, "must be a map");
      return;
    }
    this.range(shape, Object.keys(value).length, path, "length");
    for (const [key, item] of Object.entries(value)) {
      if (shape.key) this.value(shape.key.shape, key, `${path}[${key}]`);
      if (shape.value) this.value(shape.value.shape, item, `${path}[${key}]`);
    }
  }

  private string(shape: Shape, value: JsonValue, path: string): void {
    if (typeof value !== "string") {
      this.problems.add(path, "must be of type string");
      return;
    }
    // AWS counts code points: https://smithy.io/2.0/spec/constraint-traits.html#length-trait
    this.range(shape, Array.from(value).length, path, "length");
    if (shape.enum && !shape.enum.includes(value)) {
      this.fails(path, value, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
    }
    if (shape.pattern !== undefined && !matchesPattern(shape.pattern, value)) {
      this.fails(path, value, `Member must satisfy regular expression pattern: ${shape.pattern}`);
    }
  }

  private range(
    { min = -Infinity, max = Infinity }: Shape,
    value: number,
    path: string,
    what: "value" | "length",
  ): void {
    const have = `Member must have ${what}`;
    if (value < min) this.fails(path, value, `${have} greater than or equal to ${min}`);
    if (value > max) this.fails(path, value, `${have} less than or equal to ${max}`);
  }

  private fails(path: string, value: string | number, constraint: string): void {
    this.problems.add("", `Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`);
  }
}

function isTimestamp(value: JsonValue): boolean {
  return typeof value === "number" || (typeof value === "string" && !Number.isNaN(Date.parse(value)));
}
