import type { JsonObject, JsonValue } from "../wire/json";
import type { Model, Ref, Shape } from "./model";
import { below, unknownMember, type Problems } from "./problem";
import { scalar } from "./scalar";

/** The values of a form by the parts of their names: "Tags.member.1.Key" is four levels deep. */
interface Tree {
  value?: string;
  readonly children: Map<string, Tree>;
}

/**
 * Reads the input of an operation from a form.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function readForm(model: Model, shape: string, form: URLSearchParams, problems: Problems): JsonObject {
  const tree = treeOf(form);
  tree.children.delete("Action");
  tree.children.delete("Version");
  return new FormReader(model, problems).structure(shape, tree, "");
}

/** Name of a member in a form. */
export function formName(model: Model, member: string, ref: Ref): string {
  const shape = model.shapes[ref.shape];
  if (model.metadata.protocol === "ec2") return ref.queryName ?? capital(ref.locationName ?? member);
  const isFlat = shape?.type === "list" && isFlattened(shape, ref);
  return (isFlat ? shape.member?.locationName : undefined) ?? ref.locationName ?? member;
}

/** Whether the items of a list or map directly follow its name. */
export function isFlattened(shape: Shape, ref: Ref): boolean {
  return shape.flattened === true || ref.flattened === true;
}

class FormReader {
  private readonly isEc2: boolean;

  constructor(
    private readonly model: Model,
    private readonly problems: Problems,
  ) {
    this.isEc2 = model.metadata.protocol === "ec2";
  }

  structure(name: string, tree: Tree, path: string): JsonObject {
    const input: Record<string, JsonValue> = {};
    const rest = new Map(tree.children);
    for (const [member, ref] of Object.entries(this.model.shapes[name]?.members ?? {})) {
      const wire = formName(this.model, member, ref);
      const sent = rest.get(wire);
      if (!sent) continue;
      rest.delete(wire);
      input[member] = this.value(ref, sent, below(path, member));
    }
    this.unknown(rest, path);
    return input;
  }

  private value(ref: Ref, tree: Tree, path: string): JsonValue {
    const shape = this.model.shapes[ref.shape];
    if (shape?.type === "structure") return this.structure(ref.shape, tree, path);
    if (shape?.type === "list") return this.list(shape, ref, tree, path);
    if (shape?.type === "map") return this.map(shape, ref, tree, path);
    this.unknown(tree.children, path);
    return scalar(shape?.type ?? "string", tree.value ?? "", path, this.problems);
  }

  private list(shape: Shape, ref: Ref, tree: Tree, path: string): JsonValue {
    const { member } = shape;
    // An empty list is sent as an empty value.
    if (!member || (tree.value === "" && tree.children.size === 0)) return [];
    const isFlat = this.isEc2 || isFlattened(shape, ref);
    const wire = member.locationName ?? "member";
    const items = isFlat ? tree.children : (tree.children.get(wire)?.children ?? new Map<string, Tree>());
    if (!isFlat) this.unknown(without(tree.children, wire), path);
    const numbered = [...items].filter(([key]) => /^\d+$/.test(key)).sort(([a], [b]) => Number(a) - Number(b));
    this.unknown(new Map([...items].filter(([key]) => !/^\d+$/.test(key))), path);
    return numbered.map(([, item], index) => this.value(member, item, `${path}[${index}]`));
  }

  private map({ key, value, ...shape }: Shape, ref: Ref, tree: Tree, path: string): JsonValue {
    if (!key || !value) return {};
    const isFlat = isFlattened(shape, ref);
    const entries = isFlat ? tree : (tree.children.get("entry") ?? { children: new Map<string, Tree>() });
    const map: Record<string, JsonValue> = {};
    for (const { children } of entries.children.values()) {
      const name = children.get(key.locationName ?? "key")?.value ?? "";
      const item = children.get(value.locationName ?? "value");
      if (item) map[name] = this.value(value, item, `${path}[${name}]`);
    }
    return map;
  }

  private unknown(rest: ReadonlyMap<string, Tree>, path: string): void {
    for (const [key, tree] of rest) {
      if (tree.value !== undefined) this.problems.add(below(path, key), unknownMember);
      this.unknown(tree.children, below(path, key));
    }
  }
}

function treeOf(form: URLSearchParams): Tree {
  const root: Tree = { children: new Map() };
  for (const [key, value] of form) {
    let tree = root;
    for (const part of key.split(".")) {
      const next: Tree = tree.children.get(part) ?? { children: new Map() };
      tree.children.set(part, next);
      tree = next;
    }
    // moto takes the first, too.
    tree.value ??= value;
  }
  return root;
}

function without(trees: ReadonlyMap<string, Tree>, key: string): ReadonlyMap<string, Tree> {
  return new Map([...trees].filter(([each]) => each !== key));
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
