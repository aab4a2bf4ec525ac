import type { InternalCall } from "../../proxy/call";
import type { AwsRequest, Forward, Handler, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { mergeForms } from "../../wire/form";
import { isSuccess } from "../../wire/reply";
import { findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { isRestart, pendingElement, split, type PendingKind } from "./pending";

/** What a change did to a database. */
export interface Applied {
  readonly name: string;
  /** The parameters that took effect. */
  readonly form: URLSearchParams;
  readonly isRestart: boolean;
  /** The database before the change. */
  readonly before: Element;
}

interface DatabaseType {
  readonly kind: PendingKind;
  /** "DBInstance" or "DBCluster". */
  readonly type: string;
}

/** The changes of databases that wait for the maintenance window. */
export class PendingChanges {
  private readonly store = new Store<URLSearchParams>();
  private readonly parameter: string;

  constructor(private readonly database: DatabaseType) {
    this.parameter = `${database.type}Identifier`;
  }

  /** The handler of the operation that changes a database. */
  modify(onApplied: (request: AwsRequest, applied: Applied) => void): Handler {
    return async (request, forward) => {
      const before = await this.describe(request, forward);
      if (!before) return forward();
      const name = this.nameOf(request);
      const waiting = this.store.of(request).get(name) ?? new URLSearchParams();
      const isImmediate = request.form.get("ApplyImmediately") === "true";
      // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
      const { now, later } = isImmediate
        ? { now: mergeForms(waiting, request.form), later: new URLSearchParams() }
        : split(this.database.kind, request.form, before);
      const reply = await forward({ body: now.toString() });
      if (!isSuccess(reply)) return reply;
      this.keep(request, name, isImmediate ? later : new URLSearchParams([...rest(waiting, request.form), ...later]));
      onApplied(request, { name, form: now, isRestart: isRestart(now), before });
      return reply;
    };
  }

  /** Adds the pending values to the description of a database. */
  complete(request: AwsRequest, database: Element): void {
    const name = textOf(database, this.parameter).toLowerCase();
    setChild(database, pendingElement(this.database.kind, this.store.of(request).get(name)));
  }

  /** Forgets the changes of a database that is deleted. */
  forget(request: AwsRequest): void {
    this.store.of(request).delete(this.nameOf(request));
  }

  /** The calls that make all pending changes, as a request with ApplyImmediately does. */
  due(): readonly InternalCall[] {
    return this.store.scopes().flatMap((scope) =>
      [...this.store.of(scope).keys()].map((name) => ({
        ...scope,
        service: "rds",
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
        body: new URLSearchParams({
          Action: `Modify${this.database.type}`,
          Version: "2014-10-31",
          [this.parameter]: name,
          ApplyImmediately: "true",
        }).toString(),
      })),
    );
  }

  private keep(request: AwsRequest, name: string, changes: URLSearchParams): void {
    if (changes.size > 0) this.store.of(request).set(name, changes);
    else this.store.of(request).delete(name);
  }

  private async describe(request: AwsRequest, forward: Forward): Promise<Element | undefined> {
    const { type } = this.database;
    const reply: Reply = await forward({
      body: new URLSearchParams({
        Action: `Describe${type}s`,
        Version: request.form.get("Version") ?? "",
        [this.parameter]: this.nameOf(request),
      }).toString(),
    });
    return isSuccess(reply) ? findAll(parseXml(reply.body), `Describe${type}sResult`, `${type}s`, type)[0] : undefined;
  }

  private nameOf({ form }: AwsRequest): string {
    return (form.get(this.parameter) ?? "").toLowerCase();
  }
}

function rest(waiting: URLSearchParams, sent: URLSearchParams): readonly [string, string][] {
  return [...waiting].filter(([name]) => !sent.has(name));
}
