/** Attributes of a block, as Terraform's JSON spells them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Whether a value is a block or an object. */
export function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Attributes of a block, read by paths such as `health_check.interval`, whether nested blocks are objects or lists of one. */
export class Values {
  constructor(public readonly attributes: Attributes) {}

  /** The value at a path; a list of one block on the path counts as that block. */
  public get(path: string): unknown {
    let value: unknown = this.attributes;
    for (const part of path.split(".")) {
      const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
      if (!isAttributes(only)) return undefined;
      value = only[part];
    }
    return value;
  }

  /** Whether a path has a value other than null, false and an empty text, list or object. */
  public has(path: string): boolean {
    const value = this.get(path);
    if (value === undefined || value === null || value === "" || value === false) return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
  }

  /** The values of the list at a path; a single value counts as a list of one. */
  public all(path: string): readonly unknown[] {
    const value = this.get(path) ?? [];
    return Array.isArray(value) ? value : [value];
  }

  /** The blocks at a path. */
  public blocks(path: string): Values[] {
    return this.all(path)
      .filter(isAttributes)
      .map((attributes) => new Values(attributes));
  }

  /** The texts at a path. */
  public texts(path: string): string[] {
    return this.all(path).filter((value) => typeof value === "string");
  }

  /** The text at a path, empty when there is none. */
  public text(path: string): string {
    const value = this.get(path);
    return typeof value === "string" ? value : "";
  }

  /** The number at a path, which Terraform also accepts as text; NaN when there is none. */
  public number(path: string): number {
    const value = this.get(path);
    return typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : Number.NaN;
  }

  /** Every key of the block. */
  public get keys(): string[] {
    return Object.keys(this.attributes);
  }

  /** Addresses that the value at a path refers to, of the types, or of any when none is given. */
  public references(path: string, ...types: readonly string[]): string[] {
    return referencesIn(this.get(path), ...types);
  }

  /** The attribute that the value at a path consists of, such as `${aws_vpc.it.id}`; undefined for any other value. */
  public reference(path: string): Reference | undefined {
    return referenceOf(this.get(path));
  }
}

/** An attribute of a resource or data source. */
export interface Reference {
  /** Address of the resource, such as `aws_vpc.network`. */
  readonly address: string;
  readonly attribute: string;
}

/** The attribute that an expression such as `${aws_vpc.it.id}` consists of; undefined for any other value. */
export function referenceOf(value: unknown): Reference | undefined {
  const match = typeof value === "string" ? /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(value) : null;
  const [, address, attribute] = match ?? [];
  return address === undefined || attribute === undefined ? undefined : { address, attribute };
}

/** Addresses that a list of references consists of; undefined when the value is not such a list. */
export function referenceList(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const addresses = value.map((each: unknown) => referenceOf(each)?.address);
  return addresses.every((address) => address !== undefined) ? addresses : undefined;
}

/** Addresses, such as `aws_vpc.network`, that the expressions within a value refer to: of the types, or of any when none is given. */
export function referencesIn(value: unknown, ...types: readonly string[]): string[] {
  const all = expressionsIn(value).flatMap((text) => [...text.matchAll(address)].map(([match]) => match));
  return [...new Set(all)].filter((each) => types.length === 0 || types.some((type) => each.startsWith(`${type}.`)));
}

function expressionsIn(value: unknown): string[] {
  if (typeof value === "string") return value.includes("${") ? [value.slice(value.indexOf("${"))] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

const address = /(?<![\w.-])(?:data\.)?aws_[a-z0-9_]+\.[a-zA-Z][\w-]*/g;
