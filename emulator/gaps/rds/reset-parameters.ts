import type { AwsRequest } from "../../proxy/gap";
import { Store } from "../../store";

/** The parameters, by their groups, that moto has a value of and that are reset to the default one. */
export class ResetParameters {
  private readonly names = new Store<ReadonlySet<string>>();

  has(request: AwsRequest, name: string): boolean {
    return this.of(request).has(name);
  }

  /** Resets parameters. */
  add(request: AwsRequest, names: readonly string[]): void {
    this.names.of(request).set(key(request), new Set([...this.of(request), ...names]));
  }

  /** Forgets those that have a value again. */
  remove(request: AwsRequest, names: readonly string[]): void {
    const others = [...this.of(request)].filter((each) => !names.includes(each));
    this.names.of(request).set(key(request), new Set(others));
  }

  /** Forgets those of a group that is new. */
  clear(request: AwsRequest): void {
    this.names.of(request).delete(key(request));
  }

  private of(request: AwsRequest): ReadonlySet<string> {
    return this.names.of(request).get(key(request)) ?? new Set();
  }
}

// A DB parameter group and a DB cluster parameter group can have the same name.
function key({ form }: AwsRequest): string {
  const cluster = form.get("DBClusterParameterGroupName");
  return cluster === null
    ? `instance ${(form.get("DBParameterGroupName") ?? "").toLowerCase()}`
    : `cluster ${cluster.toLowerCase()}`;
}
