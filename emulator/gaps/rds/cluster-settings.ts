import type { AwsRequest, Handler } from "../../proxy/gap";
import { Store } from "../../store";
import { formList } from "../../wire/form";
import { isSuccess } from "../../wire/reply";
import { element, findAll, setChild, textOf, type Element } from "../../wire/xml";
import type { Applied } from "./changes";

interface Settings {
  readonly iamAuthentication?: string;
  readonly storageType?: string;
  /** The logs that the cluster writes to CloudWatch. */
  readonly logTypes?: readonly string[];
}

const logs = "EnabledCloudwatchLogsExports";

// moto's storage is that of instances.
const storageOfAurora = ["aurora", "aurora-iopt1"];

/**
 * What moto loses of a DB cluster: the storage of Aurora, and changes of its IAM authentication and of the logs that it
 * writes to CloudWatch.
 */
export class ClusterSettings {
  private readonly settings = new Store<Settings>();

  /** Stores what a change made, under the new name where it has one. */
  change(request: AwsRequest, { name, form, before }: Applied): void {
    const entries = this.settings.of(request);
    const current = entries.get(name) ?? {};
    entries.delete(name);
    entries.set((form.get("NewDBClusterIdentifier") ?? name).toLowerCase(), {
      iamAuthentication: form.get("EnableIAMDatabaseAuthentication") ?? current.iamAuthentication,
      storageType: form.get("StorageType") ?? current.storageType,
      logTypes: logTypes(form, current.logTypes ?? findAll(before, logs, "member").map(({ text = "" }) => text)),
    });
  }

  /** The handler of an operation that creates a cluster, which may have the storage of Aurora. */
  create(handler: Handler): Handler {
    return async (request, forward) => {
      const storageType = request.form.get("StorageType") ?? "";
      if (!storageOfAurora.includes(storageType)) return handler(request, forward);
      const form = new URLSearchParams(request.form);
      form.delete("StorageType");
      const entries = this.settings.of(request);
      const name = (form.get("DBClusterIdentifier") ?? "").toLowerCase();
      const before = entries.get(name);
      entries.set(name, { storageType });
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
    const name = textOf(cluster, "DBClusterIdentifier").toLowerCase();
    const { iamAuthentication, storageType, logTypes: types } = this.settings.of(request).get(name) ?? {};
    if (iamAuthentication !== undefined) {
      setChild(cluster, element("IAMDatabaseAuthenticationEnabled", iamAuthentication));
    }
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
    if (storageType === "aurora") cluster.children = cluster.children.filter((each) => each.name !== "StorageType");
    else if (storageType !== undefined) setChild(cluster, element("StorageType", storageType));
    if (types) {
      const members = types.map((type) => element("member", type));
      setChild(cluster, element(logs, members));
    }
  }
}

function logTypes(form: URLSearchParams, before: readonly string[]): readonly string[] {
  const [disabled, enabled] = ["DisableLogTypes", "EnableLogTypes"].map((list) =>
    formList(form, `CloudwatchLogsExportConfiguration.${list}`),
  );
  const kept = before.filter((type) => !disabled?.includes(type));
  return [...new Set([...kept, ...(enabled ?? [])])];
}
