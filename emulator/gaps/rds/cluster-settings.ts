import type { AwsRequest } from "../../proxy/gap";
import { Store } from "../../store";
import { formList } from "../../wire/form";
import { element, findAll, setChild, textOf, type Element } from "../../wire/xml";
import type { Applied } from "./changes";

interface Settings {
  readonly iamAuthentication?: string;
  /** The logs that the cluster writes to CloudWatch. */
  readonly logTypes?: readonly string[];
}

const logs = "EnabledCloudwatchLogsExports";

/** What moto loses of a change of a DB cluster: its IAM authentication, and the logs that it writes to CloudWatch. */
export class ClusterSettings {
  private readonly settings = new Store<Settings>();

  /** Stores what a change made, under the new name where it has one. */
  change(request: AwsRequest, { name, form, before }: Applied): void {
    const entries = this.settings.of(request);
    const current = entries.get(name) ?? {};
    entries.delete(name);
    entries.set((form.get("NewDBClusterIdentifier") ?? name).toLowerCase(), {
      iamAuthentication: form.get("EnableIAMDatabaseAuthentication") ?? current.iamAuthentication,
      logTypes: logTypes(form, current.logTypes ?? findAll(before, logs, "member").map(({ text = "" }) => text)),
    });
  }

  /** Forgets a cluster that is deleted. */
  forget(request: AwsRequest): void {
    this.settings.of(request).delete((request.form.get("DBClusterIdentifier") ?? "").toLowerCase());
  }

  /** Adds what moto loses to the description of a cluster. */
  complete(request: AwsRequest, cluster: Element): void {
    const name = textOf(cluster, "DBClusterIdentifier").toLowerCase();
    const { iamAuthentication, logTypes: types } = this.settings.of(request).get(name) ?? {};
    if (iamAuthentication !== undefined) {
      setChild(cluster, element("IAMDatabaseAuthenticationEnabled", iamAuthentication));
    }
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
