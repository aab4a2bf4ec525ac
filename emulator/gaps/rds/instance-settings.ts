import { createHash } from "node:crypto";
import type { AwsRequest } from "../../proxy/gap";
import { Store } from "../../store";
import { formElements } from "../../wire/form";
import { element, setChild, textOf, type Element } from "../../wire/xml";

const monitoringSettings = ["MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsKMSKeyId"];
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
const defaultRetentionDays = "7";

/** What moto loses of a DB instance: its resource id, Performance Insights and enhanced monitoring. */
export class InstanceSettings {
  private readonly forms = new Store<URLSearchParams>();

  /** Stores the parameters of a new instance. */
  create(request: AwsRequest, name: string): void {
    this.forms.of(request).set(name, new URLSearchParams(request.form));
  }

  /** Stores changed parameters, under the new name where they have one. */
  change(request: AwsRequest, name: string, form: URLSearchParams): void {
    const entries = this.forms.of(request);
    const before = entries.get(name) ?? new URLSearchParams({ DBInstanceIdentifier: name });
    // The resource id is that of the first name.
    const changed = [...form].filter(([key]) => key !== "DBInstanceIdentifier");
    entries.delete(name);
    entries.set((form.get("NewDBInstanceIdentifier") ?? name).toLowerCase(), latest([...before, ...changed]));
  }

  /** Adds what moto loses to the description of an instance. */
  complete(request: AwsRequest, instance: Element): void {
    const name = textOf(instance, "DBInstanceIdentifier").toLowerCase();
    const sent = this.forms.of(request).get(name) ?? new URLSearchParams();
    setChild(instance, element("DbiResourceId", resourceId(request, sent.get("DBInstanceIdentifier") ?? name)));
    for (const field of formElements(sent, ...monitoringSettings)) setChild(instance, field);
    const hasInsights = sent.get("EnablePerformanceInsights") === "true";
    setChild(instance, element("PerformanceInsightsEnabled", String(hasInsights)));
    if (!hasInsights) return;
    const period = sent.get("PerformanceInsightsRetentionPeriod") ?? defaultRetentionDays;
    setChild(instance, element("PerformanceInsightsRetentionPeriod", period));
  }
}

function resourceId({ account, region }: AwsRequest, name: string): string {
  const digest = createHash("sha256").update(`${account} ${region} ${name.toLowerCase()}`).digest("hex");
  return `db-${digest.slice(0, 26).toUpperCase()}`;
}

// A parameter that is sent again replaces the one before.
function latest(entries: readonly (readonly [string, string])[]): URLSearchParams {
  const last = new URLSearchParams();
  for (const [name, value] of entries) last.set(name, value);
  return last;
}
