import type { AwsRequest, Handler } from "../../proxy/gap";
import { Store } from "../../store";
import { isSuccess } from "../../wire/reply";
import { element, setChild, textOf, type Element } from "../../wire/xml";

/** Parameters that moto loses, with the element of the description of a cluster. */
const lost: Readonly<Record<string, string>> = {
  EnableIAMDatabaseAuthentication: "IAMDatabaseAuthenticationEnabled",
  StorageType: "StorageType",
};

// moto's storage is that of instances.
const storageOfAurora = ["aurora", "aurora-iopt1"];

/** What moto loses of a DB cluster: changes of its IAM authentication, and the storage of Aurora. */
export class ClusterSettings {
  private readonly settings = new Store<ReadonlyMap<string, string>>();

  /** Stores what a change made, under the new name where it has one. */
  change(request: AwsRequest, name: string, form: URLSearchParams): void {
    const entries = this.settings.of(request);
    const sent = Object.keys(lost).flatMap((parameter): [string, string][] => {
      const value = form.get(parameter);
      return value === null ? [] : [[parameter, value]];
    });
    const settings = new Map([...(entries.get(name) ?? []), ...sent]);
    entries.delete(name);
    entries.set((form.get("NewDBClusterIdentifier") ?? name).toLowerCase(), settings);
  }

  /** The handler of an operation that creates a cluster, which may have the storage of Aurora. */
  create(handler: Handler): Handler {
    return async (request, forward) => {
      const StorageType = request.form.get("StorageType") ?? "";
      if (!storageOfAurora.includes(StorageType)) return handler(request, forward);
      const form = new URLSearchParams(request.form);
      form.delete("StorageType");
      const entries = this.settings.of(request);
      const name = (form.get("DBClusterIdentifier") ?? "").toLowerCase();
      const before = entries.get(name);
      entries.set(name, new Map([["StorageType", StorageType]]));
      const reply = await handler({ ...request, form }, (changes) => forward({ body: form.toString(), ...changes }));
      // A cluster that exists keeps its own.
      if (!isSuccess(reply) && before) entries.set(name, before);
      else if (!isSuccess(reply)) entries.delete(name);
      return reply;
    };
  }

  /** Forgets a cluster that is deleted. */
  forget(request: AwsRequest): void {
    this.settings.of(request).delete((request.form.get("DBClusterIdentifier") ?? "").toLowerCase());
  }

  /** Adds what moto loses to the description of a cluster. */
  complete(request: AwsRequest, cluster: Element): void {
    const settings = this.settings.of(request).get(textOf(cluster, "DBClusterIdentifier").toLowerCase());
    for (const [parameter, value] of settings ?? []) {
      const name = lost[parameter] ?? parameter;
      // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
      if (value === "aurora") cluster.children = cluster.children.filter((each) => each.name !== name);
      else setChild(cluster, element(name, value));
    }
  }
}
