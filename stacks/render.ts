import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
  type ResolveOptions,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";

/** An object of Terraform's JSON, or of what becomes it. */
export type JsonObject = Record<string, unknown>;

/**
 * The Terraform JSON of a stack, as `TerraformStack.toTerraform` returns it. cdktf walks over every value four times, with
 * a context and four regular expressions for each; this walks once, and asks cdktf only for what holds a token.
 *
 * @param overrides what `addOverride` set, as a tree
 */
export function renderStack(stack: TerraformStack, overrides: Readonly<JsonObject>): JsonObject {
  const renderer = new Renderer(stack);
  const elements = elementsBelow(stack);
  const overridden = Object.keys(overrides);
  const metadata: JsonObject = {
    version: stack.node.tryGetContext("cdktfVersion"),
    stackName: stack.node.id,
    backend: "local", // the metadata of a backend replaces it
    ...(overridden.length > 0 && { overrides: { stack: overridden } }),
  };
  const outputs: JsonObject = {};
  for (const element of elements) {
    merge(metadata, renderer.renderObject(element.toMetadata()));
    if (TerraformOutput.isTerraformOutput(element)) {
      setAt(outputs, element.node.path.split("/"), element.friendlyUniqueId);
    }
  }
  const terraform: JsonObject = { "//": { metadata, outputs } };
  for (const element of elements) merge(terraform, renderer.renderObject(element.toTerraform()));
  renderer.mergeOverrides(terraform, overrides);
  return terraform;
}

/** Sets the value at a path, and makes an object of everything on the way to it. */
export function setAt(target: JsonObject, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) target[key] = value;
  else setAt(objectAt(target, key), rest, value);
}

/** Copies plain values, and resolves those that hold a token: each distinct string once. */
class Renderer {
  private readonly texts = new Map<string, string>();
  private readonly options: ResolveOptions;

  constructor(stack: TerraformStack) {
    // `preparing` makes cdktf look for references between stacks.
    this.options = { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: true };
  }

  public renderObject(value: unknown): JsonObject {
    const rendered = this.render(value);
    if (!isObject(rendered)) throw new Error(`an element must render as an object, not as ${typeof rendered}`);
    return rendered;
  }

  /** Merges the overrides of a stack, of which `undefined` removes what it overrides. */
  public mergeOverrides(target: JsonObject, overrides: Readonly<JsonObject>): void {
    for (const [key, value] of Object.entries(overrides)) {
      if (value === undefined) Reflect.deleteProperty(target, key);
      else if (isObject(value) && !isForCdktf(value)) this.mergeOverrides(objectAt(target, key), value);
      else merge(target, { [key]: this.render(value) });
    }
  }

  private render(value: unknown): unknown {
    if (typeof value === "string") return mayHoldToken(value) ? this.renderText(value) : value;
    if (typeof value === "number") return value < 0 ? this.resolve(value) : value; // the number of a token is negative
    if (typeof value === "function") return this.resolve(value);
    if (typeof value !== "object" || value === null) return value;
    if (isForCdktf(value)) return this.resolve(value);
    if (Array.isArray(value)) return this.renderList(value);
    const result: JsonObject = {};
    for (const [key, each] of Object.entries(value)) {
      const rendered = this.render(each);
      if (rendered !== undefined) result[key] = rendered;
    }
    return result;
  }

  private renderList(list: readonly unknown[]): unknown[] {
    return list.map((each) => this.render(each)).filter((each) => each !== undefined);
  }

  private renderText(text: string): unknown {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const rendered = this.resolve(text);
    // Only what cannot be changed is shared.
    if (typeof rendered === "string") this.texts.set(text, rendered);
    return rendered;
  }

  private resolve(value: unknown): unknown {
    return Tokenization.resolve(value, this.options);
  }
}

/** Whether a string may hold a token, whose number cdktf writes with a positive exponent into strings. */
export function mayHoldToken(text: string): boolean {
  return text.includes("TfToken[") || text.includes("e+");
}

/** Whether cdktf must resolve an object or list: a token, a list or map that encodes one, or an error. */
export function isForCdktf(value: object): boolean {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    return value.length === 1 && (typeof first === "string" ? first.startsWith("#{TfToken[") : isNegative(first));
  }
  if (Tokenization.isResolvable(value) || Construct.isConstruct(value)) return true;
  for (const key in value) if (mayHoldToken(key)) return true;
  return false;
}

function isNegative(value: unknown): boolean {
  return typeof value === "number" && value < 0;
}

/** The elements of a stack, each before those below it. */
function elementsBelow(construct: IConstruct, into: TerraformElement[] = []): readonly TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) if (!TerraformStack.isStack(child)) elementsBelow(child, into);
  return into;
}

/** Merges objects deeply; lists are joined, and any other value replaces. */
function merge(target: JsonObject, source: Readonly<JsonObject>): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isObject(value)) {
      if (isObject(present)) merge(present, value);
      else target[key] = value;
    } else if (Array.isArray(value) && Array.isArray(present)) {
      target[key] = [...(present as readonly unknown[]), ...(value as readonly unknown[])];
    } else target[key] = value;
  }
}

function objectAt(target: JsonObject, key: string): JsonObject {
  const present = target[key];
  if (isObject(present)) return present;
  const created: JsonObject = {};
  target[key] = created;
  return created;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
