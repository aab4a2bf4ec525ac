/** A resource of the synthesized Terraform. */
export interface Resource {
  /** Such as `aws_vpc.network`. */
  readonly address: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The resources of one stack, from the JSON that Terraform reads. */
export class Resources {
  public readonly all: readonly Resource[];
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byAddress: ReadonlyMap<string, Resource>;

  constructor(stackJson: unknown) {
    const { resource } = recordOf(stackJson);
    const types = Object.entries(recordOf(resource)).map(([type, byId]) => {
      const resources = Object.entries(recordOf(byId)).map(([id, fields]) => {
        return { address: `${type}.${id}`, type, fields: recordOf(fields) };
      });
      return [type, resources] as const;
    });
    this.all = types.flatMap(([, resources]) => resources);
    this.byType = new Map(types);
    this.byAddress = new Map(this.all.map((resource) => [resource.address, resource]));
  }

  /** All resources of some types. */
  public of(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  public at(address: string | undefined): Resource | undefined {
    return address === undefined ? undefined : this.byAddress.get(address);
  }
}

/** A nested block, which cdktf writes as an object or as a list of them. */
export function blocksOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isRecord);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
