import type { InternalCall } from "../../proxy/call";
import type { AwsRequest, Handler } from "../../proxy/gap";
import { Store } from "../../store";
import { formElements, mergeForms } from "../../wire/form";
import { element, type Element } from "../../wire/xml";
import type { Resources } from "./resource";

/**
 * Settings of the nodes, which wait for the maintenance window without ApplyImmediately.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
 */
const windowSettings = ["CacheNodeType", "CacheParameterGroupName", "Engine", "EngineVersion"];

/** The changes of replication groups that wait for the maintenance window. */
export class PendingChanges {
  private readonly store = new Store<URLSearchParams>();

  constructor(private readonly groups: Resources) {}

  /** Makes the changes of a request that wait for no window, by the handler that makes them all. */
  modify(change: Handler): Handler {
    return (request, forward) => {
      const before = this.groups.get(request);
      if (!before) return this.groups.notFound(request);
      const { form } = request;
      const name = nameOf(form);
      const waiting = this.store.of(request).get(name) ?? new URLSearchParams();
      if (form.get("ApplyImmediately") === "true") {
        this.store.of(request).delete(name);
        return change({ ...request, form: mergeForms(waiting, form) }, forward);
      }
      const later = new URLSearchParams(waiting);
      const now = new URLSearchParams(form);
      for (const setting of windowSettings) {
        const value = now.get(setting);
        if (value === null) continue;
        now.delete(setting);
        // A change to the current value withdraws the one that waits.
        if (value === before.get(setting)) later.delete(setting);
        else later.set(setting, value);
      }
      this.store.of(request).set(name, later);
      return change({ ...request, form: now }, forward);
    };
  }

  /**
   * The element PendingModifiedValues of the clusters of a group, which has no setting of nodes itself.
   *
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_PendingModifiedValues.html
   */
  ofClusters(request: AwsRequest, group: URLSearchParams): Element {
    const waiting = this.store.of(request).get(nameOf(group)) ?? new URLSearchParams();
    return element("PendingModifiedValues", formElements(waiting, "CacheNodeType", "EngineVersion"));
  }

  /** Forgets the changes of a group that is deleted. */
  forget(request: AwsRequest): void {
    this.store.of(request).delete(nameOf(request.form));
  }

  /** The calls that make all pending changes, as a request with ApplyImmediately does. */
  due(): readonly InternalCall[] {
    return this.store.scopes().flatMap((scope) =>
      [...this.store.of(scope)]
        .filter(([, waiting]) => waiting.size > 0)
        .map(([name]) => ({
          ...scope,
          service: "elasticache",
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
          body: new URLSearchParams({
            Action: "ModifyReplicationGroup",
            Version: "2015-02-02",
            ReplicationGroupId: name,
            ApplyImmediately: "true",
          }).toString(),
        })),
    );
  }
}

function nameOf(form: URLSearchParams): string {
  return (form.get("ReplicationGroupId") ?? "").toLowerCase();
}
