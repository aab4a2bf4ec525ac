import type { JsonObject, JsonValue } from "../wire/json";
import type { Element } from "../wire/xml";
import type { Model, Ref } from "./model";
import { below, unknownMember, type Problems } from "./problem";
import { isFlattened } from "./form";
import { scalar } from "./scalar";

/** Reads the value of a shape from an XML element, of a request or of a reply. */
export class XmlReader {
  constructor(
    private readonly model: Model,
    private readonly problems: Problems,
  ) {}

  structure(members: Readonly<Record<string, Ref>>, element: Element, path: string): JsonObject {
    const input: Record<string, JsonValue> = {};
    const lists = new Map<string, JsonValue[]>();
    const known = new Map(Object.entries(members).map(([name, ref]) => [this.elementName(name, ref), { name, ref }]));
    for (const [name, ref] of Object.entries(members)) {
      const value = ref.xmlAttribute ? attribute(element, ref.locationName ?? name) : undefined;
      if (value !== undefined) input[name] = value;
    }
    for (const child of element.children) {
      const entry = known.get(localName(child));
      if (!entry) {
        this.problems.add(below(path, localName(child)), unknownMember);
        continue;
      }
      const { name, ref } = entry;
      const shape = this.model.shapes[ref.shape];
      if (shape?.type === "list" && shape.member && isFlattened(shape, ref)) {
        const items = lists.get(name) ?? [];
        lists.set(name, items);
        items.push(this.value(shape.member, child, `${below(path, name)}[${items.length}]`));
        input[name] = items;
      } else if (shape?.type === "map" && isFlattened(shape, ref)) {
        input[name] = { ...(input[name] as JsonObject), ...this.entry(ref, child, below(path, name)) }; // set here only
      } else {
        input[name] = this.value(ref, child, below(path, name));
      }
    }
    return input;
  }

  value(ref: Ref, element: Element, path: string): JsonValue {
    const shape = this.model.shapes[ref.shape];
    if (shape?.type === "structure") return this.structure(shape.members ?? {}, element, path);
    if (shape?.type === "list" && shape.member) {
      const { member } = shape;
      return element.children.map((child, index) => {
        if (localName(child) !== this.itemName(member)) this.problems.add(below(path, localName(child)), unknownMember);
        return this.value(member, child, `${path}[${index}]`);
      });
    }
    if (shape?.type === "map") {
      return Object.assign({}, ...element.children.map((child) => this.entry(ref, child, path))) as JsonObject; // of objects
    }
    return scalar(shape?.type ?? "string", element.text ?? "", path, this.problems);
  }

  private entry(ref: Ref, element: Element, path: string): JsonObject {
    const { key, value } = this.model.shapes[ref.shape] ?? {};
    const name = element.children.find((child) => localName(child) === (key?.locationName ?? "key"))?.text ?? "";
    const item = element.children.find((child) => localName(child) === (value?.locationName ?? "value"));
    return item && value ? { [name]: this.value(value, item, `${path}[${name}]`) } : {};
  }

  private elementName(name: string, ref: Ref): string {
    const shape = this.model.shapes[ref.shape];
    const isFlatList = shape?.type === "list" && isFlattened(shape, ref);
    return (isFlatList ? shape.member?.locationName : undefined) ?? ref.locationName ?? name;
  }

  private itemName(member: Ref): string {
    return member.locationName ?? (this.model.metadata.protocol === "ec2" ? "item" : "member");
  }
}

// Namespaces are not part of an API model's names.
function localName({ name }: Element): string {
  return name.split(":").at(-1) ?? name;
}

function attribute({ attributes }: Element, name: string): string | undefined {
  return attributes?.[name] ?? attributes?.[name.split(":").at(-1) ?? name];
}
