import type { AwsRequest } from "../../proxy/gap";
import { Store } from "../../store";
import { element, setChild, textOf, type Element } from "../../wire/xml";

/** What moto loses of a change of a DB cluster: its IAM authentication. */
export class ClusterSettings {
  private readonly iamAuthentication = new Store<string>();

  /** Stores what a change made, under the new name where it has one. */
  change(request: AwsRequest, name: string, form: URLSearchParams): void {
    const entries = this.iamAuthentication.of(request);
    const value = form.get("EnableIAMDatabaseAuthentication") ?? entries.get(name);
    entries.delete(name);
    if (value !== undefined) entries.set((form.get("NewDBClusterIdentifier") ?? name).toLowerCase(), value);
  }

  /** Forgets a cluster that is deleted. */
  forget(request: AwsRequest): void {
    this.iamAuthentication.of(request).delete((request.form.get("DBClusterIdentifier") ?? "").toLowerCase());
  }

  /** Adds what moto loses to the description of a cluster. */
  complete(request: AwsRequest, cluster: Element): void {
    const value = this.iamAuthentication.of(request).get(textOf(cluster, "DBClusterIdentifier").toLowerCase());
    if (value !== undefined) setChild(cluster, element("IAMDatabaseAuthenticationEnabled", value));
  }
}
