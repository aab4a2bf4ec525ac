import XMLBuilder from "fast-xml-builder";

type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element as fast-xml-builder takes it with `preserveOrder`: its children by its name, its attributes by ":@". */
export type Element = Readonly<Record<string, Element[] | string | Readonly<Record<string, string>>>>;

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  suppressEmptyNode: true,
});

export function shape(name: string, attributes: Attributes, children: Element[] = []): Element {
  return { [name]: children, ":@": texts(attributes) };
}

export function label(text: string, attributes: Attributes): Element {
  return shape("text", attributes, [{ "#text": text }]);
}

/** A picture that scales with the page. */
export function picture(width: number, height: number, children: Element[]): string {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height };
  const style = { "font-family": "Helvetica, Arial, sans-serif", fill: "#16191f" };
  const svg = shape("svg", { ...attributes, ...style }, children);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([svg])}\n`;
}

function texts(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}
