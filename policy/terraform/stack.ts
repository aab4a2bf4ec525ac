import { decodeJson } from "./expression";
import { isAttributes, referencesIn, Values, type Attributes } from "./values";

/** A resource, or a data source, whose type begins with `data.` then. */
export class Block extends Values {
  /** Such as `aws_vpc.network`. */
  public readonly address: string;
  /** Addresses that the block refers to or depends on. */
  public readonly neighbours: ReadonlySet<string>;

  constructor(
    public readonly type: string,
    id: string,
    attributes: Attributes,
    /** Path of its construct below the stack, such as `services/orders/task/definition`; empty without cdktf's metadata. */
    public readonly path = "",
  ) {
    super(attributes);
    this.address = `${type}.${id}`;
    this.neighbours = new Set([...referencesIn(attributes), ...this.texts("depends_on")]);
  }

  /** Whether the value at a path refers to the other block. */
  public pointsTo(path: string, { address }: Block): boolean {
    return this.references(path).includes(address);
  }
}

/** The synthesized Terraform of one stack; its `jsonencode(...)` expressions are decoded. */
export class SynthesizedStack {
  /** Resources, without data sources. */
  public readonly resources: readonly Block[];
  /** Settings of the AWS provider. */
  public readonly provider: Values;
  /** Settings of Terraform itself, such as its backend. */
  public readonly terraform: Values;
  private readonly byType = new Map<string, Block[]>();
  private readonly byAddress = new Map<string, Block>();
  private readonly byNeighbour = new Map<string, Block[]>();

  /** @param synthesized JSON that Terraform reads */
  constructor(synthesized: unknown) {
    const json = new Values(attributesOf(decoded(synthesized)));
    const metadata = new Values(attributesOf(synthesized));
    this.provider = json.blocks("provider.aws")[0] ?? new Values({});
    this.terraform = json.blocks("terraform")[0] ?? new Values({});
    this.resources = blocksOf(json, metadata, "resource", "");
    for (const block of [...this.resources, ...blocksOf(json, metadata, "data", "data.")]) {
      this.byAddress.set(block.address, block);
      append(this.byType, block.type, block);
      for (const address of block.neighbours) append(this.byNeighbour, address, block);
    }
  }

  /** All blocks of the types. */
  public all(...types: readonly string[]): readonly Block[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The block at an address. */
  public at(address: string | undefined): Block | undefined {
    return address === undefined ? undefined : this.byAddress.get(address);
  }

  /** Blocks that refer to a block, of the types, or of any when none is given. */
  public usersOf({ address }: Block, ...types: readonly string[]): readonly Block[] {
    const users = this.byNeighbour.get(address) ?? [];
    return types.length === 0 ? users : users.filter(({ type }) => types.includes(type));
  }

  /** Blocks that the value at a path refers to, of the types, or of any when none is given. */
  public targets(values: Values, path: string, ...types: readonly string[]): Block[] {
    return values
      .references(path)
      .flatMap((address) => this.byAddress.get(address) ?? [])
      .filter(({ type }) => types.length === 0 || types.includes(type));
  }
}

function blocksOf(json: Values, metadata: Values, kind: "resource" | "data", prefix: string): Block[] {
  return Object.entries(attributesOf(json.get(kind))).flatMap(([type, all]) =>
    Object.entries(attributesOf(all)).map(([id, attributes]) => {
      const [, path] = /^[^/]+\/(.+)$/.exec(metadata.text(`${kind}.${type}.${id}.//.metadata.path`)) ?? [];
      return new Block(`${prefix}${type}`, id, attributesOf(attributes), path);
    }),
  );
}

function append(blocks: Map<string, Block[]>, key: string, block: Block): void {
  const known = blocks.get(key);
  if (known === undefined) blocks.set(key, [block]);
  else known.push(block);
}

function attributesOf(value: unknown): Attributes {
  return isAttributes(value) ? value : {};
}

/** Without the metadata that cdktf writes under "//". */
function decoded(value: unknown): unknown {
  if (typeof value === "string") return decodeJson(value) ?? value;
  if (Array.isArray(value)) return value.map(decoded);
  if (!isAttributes(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key !== "//") copy[key] = decoded(value[key]);
  }
  return copy;
}
