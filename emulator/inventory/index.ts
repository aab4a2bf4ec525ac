import type { Reply } from "../proxy/gap";
import type { OwnCall } from "../proxy/own-call";
import { itemsOf, nameOf } from "./read";
import type { Reader } from "./reader";
import { compute } from "./readers/compute";
import { data } from "./readers/data";
import { ingress } from "./readers/ingress";
import { loadBalancing, network } from "./readers/network";
import { operations } from "./readers/operations";

/** A resource in the emulated AWS. */
export interface EmulatedResource {
  /** Signing name of the service, such as "ec2". */
  readonly service: string;
  /** AWS's own word: "Subnet", "Target group". */
  readonly type: string;
  /** "" for what exists once for all regions. */
  readonly region: string;
  readonly name: string;
  readonly account: string;
  /** Why AWS still shows it although it was deleted. @default - it was not deleted */
  readonly lingering?: string;
}

export interface InventoryOptions {
  /** Sends a call to the emulated AWS. */
  readonly ask: (call: OwnCall) => Promise<Reply>;
  /** What is there from the start. */
  readonly given: readonly Pick<EmulatedResource, "type" | "name">[];
}

interface Place {
  readonly account: string;
  readonly region: string;
}

const readers: readonly Reader[] = [...network, ...loadBalancing, ...compute, ...ingress, ...data, ...operations];
const isRead =
  /^(Get|List|Describe|BatchGet|Search|Query|Scan|Head|Filter|Lookup|Assume|Decode|Simulate|Validate|GET |HEAD )/;

/** Lists what exists in the emulated AWS by asking each service that was used, where it was used. */
export class Inventory {
  private readonly places = new Map<
    string,
    Place & { readonly writes: Map<string, string>; ready: Promise<unknown> }
  >();
  private readonly known = new Set<string>();

  constructor(private readonly options: InventoryOptions) {}

  /** Notes that a call is about to land somewhere; at the first, what a fresh account has is noted too. */
  async visit(place: Place, service: string, operation: string): Promise<void> {
    if (service === "" || service === "sts") return;
    const key = `${place.account} ${place.region}`;
    let visited = this.places.get(key);
    if (!visited) {
      const baseline = readers.filter(({ defaults }) => defaults);
      visited = {
        ...place,
        writes: new Map(),
        ready: this.list(place, baseline).then((all) => {
          all.forEach((resource) => this.known.add(keyOf(resource)));
        }),
      };
      this.places.set(key, visited);
    }
    if (!isRead.test(operation)) visited.writes.set(service, operation);
    if (service === "ec2") await visited.ready;
  }

  /** Starts anew, because the emulated AWS does. */
  forget(): void {
    this.places.clear();
    this.known.clear();
  }

  /** Everything that exists and did not exist at the start. */
  async read(): Promise<readonly EmulatedResource[]> {
    const accounts = new Set<string>();
    const found: EmulatedResource[] = [];
    for (const { writes, ready, account, region } of this.places.values()) {
      await ready;
      const isFirst = !accounts.has(account);
      accounts.add(account);
      found.push(
        ...(await this.list(
          { account, region },
          readers.filter(({ global = false }) => isFirst || !global),
        )),
      );
      for (const [service, operation] of writes) {
        if (readers.some((reader) => reader.service === service)) continue;
        found.push({ service, type: "Unread", name: operation, account, region });
      }
    }
    return found.filter((resource) => !this.known.has(keyOf(resource)));
  }

  private async list(place: Place, from: readonly Reader[]): Promise<readonly EmulatedResource[]> {
    return (await Promise.all(from.map((reader) => this.listType(place, reader)))).flat();
  }

  private async listType(place: Place, reader: Reader): Promise<readonly EmulatedResource[]> {
    const { service, type, name, ignore = () => false, lingering = () => undefined, within = () => [] } = reader;
    const reply = await this.options.ask({
      service,
      ...place,
      ...reader.request,
      body: reader.request.body?.replace("{account}", place.account),
    });
    if (reply.status >= 300) return [];
    const items = itemsOf(reply, reader.items).filter((item) => !ignore(item));
    const region = reader.global ? "" : place.region;
    const own = items.map((item) => ({
      service,
      type,
      region,
      account: place.account,
      name: nameOf(item, name),
      lingering: lingering(item),
    }));
    const inner = await Promise.all(items.map((item) => this.list(place, within(item))));
    return [...own.filter((resource) => type !== "" && !this.isGiven(resource)), ...inner.flat()];
  }

  private isGiven({ type, name }: EmulatedResource): boolean {
    return this.options.given.some((each) => each.type === type && each.name === name);
  }
}

function keyOf({ service, type, region, account, name }: EmulatedResource): string {
  return [service, type, region, account, name].join("|");
}
