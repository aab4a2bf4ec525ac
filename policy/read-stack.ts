import { encodedValue } from "./hcl-value";
import { reachabilityFindings, type Finding, type Flow } from "./reachability";
import { addressesIn, isAttributes, Values, type Attributes } from "./values";

/** A resource, or a data source, whose type begins with `data.` then. */
export class Block extends Values {
  public readonly address: string;

  constructor(
    public readonly type: string,
    id: string,
    attributes: Attributes,
  ) {
    super(attributes);
    this.address = `${type}.${id}`;
    this.neighbours = new Set(addressesIn(attributes));
  }

  /** Addresses that the block refers to, anywhere. */
  public readonly neighbours: ReadonlySet<string>;

  /** Whether the value at a path refers to the other block. */
  public pointsTo(path: string, { address }: Block): boolean {
    return this.references(path).includes(address);
  }
}

/** What the rules read: the Terraform of one stack, with its encoded JSON decoded. */
export class ReadStack {
  private readonly byType = new Map<string, Block[]>();
  private readonly byAddress = new Map<string, Block>();
  private readonly byNeighbour = new Map<string, Block[]>();
  /** Settings of the AWS provider. */
  public readonly provider: Values;
  /** Settings of Terraform itself, such as its backend. */
  public readonly terraform: Values;

  private found: readonly Finding[] | undefined;

  /** @param calls flows that no resource shows */
  constructor(
    public readonly name: string,
    private readonly synthesized: unknown,
    private readonly calls: readonly Flow[] = [],
  ) {
    const json = new Values(decodedAttributes(synthesized));
    this.provider = json.blocks("provider.aws")[0] ?? new Values({});
    this.terraform = json.blocks("terraform")[0] ?? new Values({});
    for (const [prefix, kind] of [
      ["", "resource"],
      ["data.", "data"],
    ] as const) {
      for (const [type, all] of Object.entries(attributesOf(json.get(kind)))) {
        for (const [id, attributes] of Object.entries(attributesOf(all))) {
          this.add(new Block(`${prefix}${type}`, id, attributesOf(attributes)));
        }
      }
    }
  }

  /** All blocks of the types. */
  public all(...types: readonly string[]): readonly Block[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
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

  /** Environment of the stage, as its tag says. */
  public get environment(): string {
    return this.provider.text("default_tags.tags.environment");
  }

  /** What is wrong with the ways between what the stack holds; proved once, for all rules about them. */
  public get ways(): readonly Finding[] {
    return (this.found ??= reachabilityFindings(this.synthesized, this.calls));
  }

  private add(block: Block): void {
    this.byAddress.set(block.address, block);
    append(this.byType, block.type, block);
    for (const address of block.neighbours) append(this.byNeighbour, address, block);
  }
}

function append(blocks: Map<string, Block[]>, key: string, block: Block): void {
  const known = blocks.get(key);
  if (known === undefined) blocks.set(key, [block]);
  else known.push(block);
}

function attributesOf(value: unknown): Attributes {
  return isAttributes(value) ? value : {};
}

function decodedAttributes(synthesized: unknown): Attributes {
  return attributesOf(decoded(synthesized));
}

/** Without cdktf's notes to itself, which stand under "//". */
function decoded(value: unknown): unknown {
  if (typeof value === "string") return encodedValue(value) ?? value;
  if (Array.isArray(value)) return value.map(decoded);
  if (!isAttributes(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key !== "//") copy[key] = decoded(value[key]);
  }
  return copy;
}
