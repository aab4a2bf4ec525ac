/** Attributes of a block, as Terraform's JSON spells them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Whether a value is one block, or one object. */
export function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the attributes of a block by paths such as `health_check.interval`, whatever way its blocks are nested. */
export class Values {
  constructor(private readonly attributes: Attributes) {}

  /** The value at a path, which leads through single blocks and through lists of one block alike. */
  public get(path: string): unknown {
    let value: unknown = this.attributes;
    for (const part of path.split(".")) {
      const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
      if (!isAttributes(only)) return undefined;
      value = only[part];
    }
    return value;
  }

  /** Whether there is something at a path: neither nothing nor an empty text, list or object. */
  public has(path: string): boolean {
    const value = this.get(path);
    if (value === undefined || value === null || value === "" || value === false) return false;
    return typeof value !== "object" || Object.keys(value).length > 0;
  }

  /** All values at a path; of a single value, that one. */
  public all(path: string): readonly unknown[] {
    const value = this.get(path) ?? [];
    return Array.isArray(value) ? value : [value];
  }

  /** The blocks at a path, none when there is none. */
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

  /** The number at a path, which Terraform also takes as a text; NaN when there is none. */
  public number(path: string): number {
    const value = this.get(path);
    return typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : Number.NaN;
  }

  /** Every key of the block. */
  public get keys(): string[] {
    return Object.keys(this.attributes);
  }

  /** Addresses of the resources and data sources that the value at a path refers to. */
  public references(path: string): string[] {
    return addressesIn(this.get(path));
  }
}

/** Every address that a value names, such as `aws_vpc.network` or `data.aws_partition.current`. */
export function addressesIn(value: unknown): string[] {
  if (typeof value === "string") {
    return value.includes("aws_") ? [...value.matchAll(address)].map(([found]) => found) : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(addressesIn);
}

const address = /(?<![\w.-])(?:data\.)?aws_[a-z0-9_]+\.[a-zA-Z][\w-]*/g;
