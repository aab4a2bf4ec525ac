import { isAttributes } from "../../policy/terraform/values";
import type { Blocks } from "./blocks";

/** One change, which violates a rule. */
export type Change = (stack: Edit) => void;

/** A copy of a synthesized stack to which violations are added; every change throws when it has no effect. */
export class Edit {
  public readonly json: object;

  constructor(synthesized: object) {
    this.json = structuredClone(synthesized);
  }

  /** Changes an attribute of the first block of a type that has some attributes; undefined removes it. */
  public set(type: string, path: string, value: unknown, having: Readonly<Record<string, unknown>> = {}): void {
    const [, block] = this.find(type, (attributes) =>
      Object.entries(having).every(([key, expected]) => Reflect.get(attributes, key) === expected),
    );
    change(block, path, value);
  }

  /** Changes the settings of Terraform itself. */
  public setTerraform(path: string, value: unknown): void {
    change(inside(this.json, "terraform"), path, value);
  }

  /** Removes the first block of a type whose text contains all of the texts. */
  public remove(type: string, ...texts: readonly string[]): void {
    const [id] = this.find(type, (attributes) => texts.every((text) => JSON.stringify(attributes).includes(text)));
    Reflect.deleteProperty(this.all(type), id);
  }

  /** Adds blocks. */
  public add(blocks: Blocks): void {
    for (const [type, all] of Object.entries(blocks)) Object.assign(this.all(type), structuredClone(all));
  }

  /** Replaces text in the first block of a type whose text contains it, and also `beside` when given. */
  public replace(type: string, from: string, to: string, beside = ""): void {
    const [id, block] = this.find(type, (attributes) =>
      [from, beside].every((text) => JSON.stringify(attributes).includes(jsonText(text))),
    );
    Reflect.set(this.all(type), id, JSON.parse(JSON.stringify(block).replace(jsonText(from), jsonText(to))));
  }

  private find(type: string, matches: (attributes: object) => boolean): [id: string, attributes: object] {
    for (const [id, attributes] of Object.entries(this.all(type))) {
      if (isAttributes(attributes) && matches(attributes)) return [id, attributes];
    }
    throw new Error(`the stack has no such ${type}`);
  }

  private all(type: string): object {
    const [kind, name] = type.startsWith("data.") ? ["data", type.slice(5)] : ["resource", type];
    const blocks = inside(this.json, kind);
    if (!(name in blocks)) Reflect.set(blocks, name, {});
    return inside(blocks, name);
  }
}

function change(block: object, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const target = parts.reduce(inside, block);
  if (Reflect.get(target, last) === value) throw new Error(`${path} is ${JSON.stringify(value)} already`);
  if (value === undefined) Reflect.deleteProperty(target, last);
  else Reflect.set(target, last, value);
}

/** The value of a key; of a list of one block, the block. */
function inside(value: object, key: string): object {
  const found: unknown = Reflect.get(value, key);
  const only: unknown = Array.isArray(found) && found.length === 1 ? found[0] : found;
  if (typeof only !== "object" || only === null) throw new Error(`there is no ${key}`);
  return only;
}

/** Text as it is escaped inside JSON. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
