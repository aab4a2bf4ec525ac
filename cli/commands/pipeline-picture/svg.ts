import { buildXml, type Element } from "../../../emulator/wire/xml";

type Attributes = Readonly<Record<string, string | number>>;

export function shape(name: string, attributes: Attributes, children: Element[] = []): Element {
  return { name, attributes: texts(attributes), children };
}

export function label(text: string, attributes: Attributes): Element {
  return { name: "text", attributes: texts(attributes), text, children: [] };
}

/** A picture that scales with the page. */
export function picture(width: number, height: number, children: Element[]): string {
  const attributes = { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height };
  const style = { "font-family": "Helvetica, Arial, sans-serif", fill: "#16191f" };
  return `${buildXml(shape("svg", { ...attributes, ...style }, children))}\n`;
}

function texts(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
}
