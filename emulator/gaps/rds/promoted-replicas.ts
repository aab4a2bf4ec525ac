import type { AwsRequest } from "../../proxy/gap";
import { Store } from "../../store";
import { findAll, textOf, type Element } from "../../wire/xml";

/** moto describes a promoted read replica as one; affects `replicate_source_db` of `aws_db_instance`. */
export class PromotedReplicas {
  private readonly names = new Store<boolean>();

  /** Stores that an instance is a replica no more. */
  add(request: AwsRequest, name: string): void {
    this.names.of(request).set(name.toLowerCase(), true);
  }

  /** Stores the new name of an instance. */
  rename(request: AwsRequest, name: string, to: string): void {
    if (this.names.of(request).delete(name.toLowerCase())) this.add(request, to);
  }

  /** Forgets an instance that is deleted. */
  forget(request: AwsRequest, name: string): void {
    this.names.of(request).delete(name.toLowerCase());
  }

  /** Removes the source of a promoted replica from its description, and the replica from that of its source. */
  complete(request: AwsRequest, instance: Element): void {
    if (this.has(request, textOf(instance, "DBInstanceIdentifier"))) {
      instance.children = instance.children.filter(({ name }) => name !== "ReadReplicaSourceDBInstanceIdentifier");
    }
    for (const replicas of findAll(instance, "ReadReplicaDBInstanceIdentifiers")) {
      replicas.children = replicas.children.filter(({ text = "" }) => !this.has(request, text));
    }
  }

  private has(request: AwsRequest, name: string): boolean {
    return this.names.of(request).has(name.toLowerCase());
  }
}
