import { XMLParser } from "fast-xml-parser";
import { scopeKey } from "../models/aws";
import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { isRead } from "../proxy/layer";
import { object, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import type { Reader } from "./reader";
import { compute } from "./readers/compute";
import { data } from "./readers/data";
import { identity } from "./readers/identity";
import { ingress } from "./readers/ingress";
import { monitoring } from "./readers/monitoring";
import { loadBalancing, network } from "./readers/network";

/** A resource in the emulated AWS. */
export interface EmulatedResource {
  /** Signing name of the service, such as "ec2". */
  readonly service: string;
  /** The resource type in AWS's words, such as "Target group"; "Unread" for a service that the inventory cannot list. */
  readonly type: string;
  /** "" for a resource of a global service. */
  readonly region: string;
  /** Name or id; of an unread service, the last operation that wrote. */
  readonly name: string;
  readonly account: string;
  /** Reason why AWS still lists the resource after its deletion. @default - it is not deleted */
  readonly lingering?: string;
}

/** The scope in which a service is called. */
interface Scope {
  readonly account: string;
  readonly region: string;
}

export interface InventoryOptions {
  /** Sends a call to the emulated AWS. */
  readonly send: (call: InternalCall) => Promise<Reply>;
  /** Runs before the resources of a new account are read. @default - nothing runs */
  readonly prepare?: (scope: Scope) => Promise<void>;
  /** Resources that exist from the start, and are not listed. */
  readonly initial: readonly Pick<EmulatedResource, "type" | "name">[];
}

interface UsedScope extends Scope {
  /** The last operation that wrote, by service. */
  readonly writes: Map<string, string>;
  /** Resolves when the resources of the new account are known. */
  readonly baseline: Promise<void>;
}

const readers: readonly Reader[] = [
  ...network,
  ...loadBalancing,
  ...compute,
  ...ingress,
  ...identity,
  ...data,
  ...monitoring,
];
const parser = new XMLParser({ parseTagValue: false });

/** Lists the resources in the emulated AWS, in each account and region that was called. */
export class Inventory {
  private readonly scopes = new Map<string, UsedScope>();
  private readonly baseline = new Set<string>();

  constructor(private readonly options: InventoryOptions) {}

  /** Records a call before it is executed; at the first in an account and region, the resources of a new account as well. */
  async record({ account, region }: Scope, service: string, operation: string): Promise<void> {
    if (service === "" || service === "sts") return;
    // The caller's object may be a whole call, whose service and path are not those of the readers.
    const scope = { account, region };
    const key = scopeKey(scope);
    let used = this.scopes.get(key);
    if (!used) {
      used = { ...scope, writes: new Map(), baseline: this.recordBaseline(scope) };
      this.scopes.set(key, used);
    }
    if (!isRead(operation)) used.writes.set(service, operation);
    if (service === "ec2") await used.baseline;
  }

  /** Deletes what was recorded. */
  clear(): void {
    this.scopes.clear();
    this.baseline.clear();
  }

  /** The resources that did not exist at the start. */
  async read(): Promise<readonly EmulatedResource[]> {
    const accounts = new Set<string>();
    const resources: EmulatedResource[] = [];
    for (const { writes, baseline, account, region } of this.scopes.values()) {
      await baseline;
      const isFirst = !accounts.has(account);
      accounts.add(account);
      const applicable = readers.filter(({ global = false }) => isFirst || !global);
      resources.push(...(await this.list({ account, region }, applicable)));
      for (const [service, operation] of writes) {
        if (readers.some((reader) => reader.service === service)) continue;
        resources.push({ service, type: "Unread", name: operation, account, region });
      }
    }
    return resources.filter((resource) => !this.baseline.has(keyOf(resource)));
  }

  private async recordBaseline(scope: Scope): Promise<void> {
    await this.options.prepare?.(scope);
    const resources = await this.list(
      scope,
      readers.filter(({ defaults }) => defaults),
    );
    resources.forEach((resource) => this.baseline.add(keyOf(resource)));
  }

  private async list(scope: Scope, from: readonly Reader[]): Promise<readonly EmulatedResource[]> {
    return (await Promise.all(from.map((reader) => this.listType(scope, reader)))).flat();
  }

  private async listType(scope: Scope, reader: Reader): Promise<readonly EmulatedResource[]> {
    const { service, type, name, ignore = () => false, lingering = () => undefined, within = () => [] } = reader;
    const body = reader.request.body?.replace("{account}", scope.account);
    const reply = await this.options.send({ service, ...scope, ...reader.request, body });
    if (reply.status >= 300) return [];
    const items = itemsOf(reply, reader.items).filter((item) => !ignore(item));
    const resources = items.map((item) => ({
      service,
      type,
      region: reader.global ? "" : scope.region,
      account: scope.account,
      name: nameOf(item, name),
      lingering: lingering(item),
    }));
    const inner = await Promise.all(items.map((item) => this.list(scope, within(item))));
    return [...resources.filter((resource) => type !== "" && !this.isInitial(resource)), ...inner.flat()];
  }

  private isInitial({ type, name }: EmulatedResource): boolean {
    return this.options.initial.some((each) => each.type === type && each.name === name);
  }
}

function keyOf({ service, type, region, account, name }: EmulatedResource): string {
  return [service, type, region, account, name].join("|");
}

/** The items at a path of a reply, each as an object; a name becomes `{ item: name }`. */
function itemsOf(reply: Reply, path: string): readonly JsonObject[] {
  return valuesAt(bodyOf(reply), path.split(".")).map((item) => (typeof item === "string" ? { item } : object(item)));
}

function nameOf(item: JsonObject, path: string): string {
  return text(valuesAt(item, (path || "item").split("."))[0]);
}

function bodyOf({ headers, body }: Reply): JsonValue {
  const isXml = body.toString("latin1", 0, 1) === "<" || String(headers["content-type"]).includes("xml");
  // The parser is untyped; without attributes it returns strings, objects and lists of them.
  return isXml ? (parser.parse(body) as JsonValue) : parseJson(body);
}

function valuesAt(value: JsonValue, [key, ...rest]: readonly string[]): readonly JsonValue[] {
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  // The parser reads an empty element as "".
  if (key === undefined) return values.filter((item) => item !== undefined && item !== "");
  return values.flatMap((item) => valuesAt(object(item)[key], rest));
}
