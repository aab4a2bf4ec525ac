import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";

/** An element of an XML document; it contains either text or other elements. */
export interface Element {
  readonly name: string;
  attributes?: Readonly<Record<string, string>>;
  text?: string;
  children: Element[];
}

// A node of fast-xml-parser with preserveOrder: one key for its name, and ":@" for its attributes.
type OrderedNode = Readonly<Record<string, OrderedNode[] | string | Readonly<Record<string, string>>>>;

const options = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "", suppressEmptyNode: true };
const parser = new XMLParser({
  ...options,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  htmlEntities: true, // without it, character references such as &#34;, which Go writes, are kept as they are
});
const builder = new XMLBuilder(options);

/** Parses a document; the result is its root element. */
export function parseXml(document: Buffer | string): Element {
  // The parser is untyped; with preserveOrder it returns a list of nodes.
  const nodes = parser.parse(document.toString()) as OrderedNode[];
  const root = nodes.find((node) => node["#text"] === undefined);
  return root ? toElement(root) : { name: "", children: [] };
}

/** Writes a document with its declaration. */
export function buildXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([fromElement(root)])}`;
}

/** An element with text or with children. */
export function element(name: string, content: string | Element[]): Element {
  return typeof content === "string" ? { name, text: content, children: [] } : { name, children: content };
}

/** All elements at a path of names, which starts below the given element. */
export function findAll(root: Element, ...path: readonly string[]): readonly Element[] {
  return path.reduce<Element[]>(
    (elements, name) => elements.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [root],
  );
}

/** The first element at the path. */
export function find(root: Element, ...path: readonly string[]): Element | undefined {
  return findAll(root, ...path)[0];
}

/** The text of the first element at the path, or "". */
export function textOf(root: Element, ...path: readonly string[]): string {
  return find(root, ...path)?.text ?? "";
}

/** Replaces the child of the same name, or adds the child. */
export function setChild(parent: Element, child: Element): void {
  const index = parent.children.findIndex(({ name }) => name === child.name);
  if (index < 0) parent.children.push(child);
  else parent.children[index] = child;
}

function toElement(node: OrderedNode): Element {
  const name = Object.keys(node).find((key) => key !== ":@") ?? "";
  const content = node[name];
  const attributes = node[":@"];
  const nodes = Array.isArray(content) ? content : [];
  const text = nodes.map((child) => child["#text"]).find((value) => typeof value === "string");
  return {
    name,
    ...(isAttributes(attributes) && { attributes }),
    ...(text !== undefined && { text }),
    children: nodes.filter((child) => child["#text"] === undefined).map(toElement),
  };
}

function fromElement({ name, attributes, text, children }: Element): OrderedNode {
  const content = children.length > 0 ? children.map(fromElement) : text === undefined ? [] : [{ "#text": text }];
  return { [name]: content, ...(attributes && { ":@": attributes }) };
}

function isAttributes(value: OrderedNode[string] | undefined): value is Readonly<Record<string, string>> {
  return typeof value === "object" && !Array.isArray(value);
}
