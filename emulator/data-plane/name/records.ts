import { object, objects, scalarText, text, type JsonObject } from "../../wire/json";
import type { RoutingContext } from "../context";
import type { Trace } from "../trace";

const longestChain = 8;

/**
 * The name that a host name stands for after all aliases and CNAMEs in the emulated public hosted zones; the name itself
 * when it has no record.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
export async function canonicalName(context: RoutingContext, host: string, trace: Trace): Promise<string> {
  let name = host;
  for (let links = 0; links < longestChain; links++) {
    const next = await targetOf(context, name, trace);
    if (next === undefined) return name;
    trace.hop(`record:${name}`);
    name = next;
  }
  return name;
}

/** The names of all aliases and CNAMEs in the emulated public hosted zones. */
export async function recordNames(context: RoutingContext): Promise<readonly string[]> {
  const records = await Promise.all((await publicZones(context)).map((zone) => recordsOf(context, zone)));
  const named = records.flat().filter((record) => target(record) !== undefined);
  return [...new Set(named.map(recordName))];
}

/** Whether an emulated public hosted zone is responsible for a name. */
export async function isInPublicZone(context: RoutingContext, name: string): Promise<boolean> {
  return (await zonesOf(context, name)).length > 0;
}

interface Zone {
  readonly account: string;
  readonly zone: JsonObject;
}

async function targetOf(context: RoutingContext, name: string, trace: Trace): Promise<string | undefined> {
  for (const zone of await zonesOf(context, name)) {
    const records = await recordsOf(context, zone);
    const wildcard = `*.${name.split(".").slice(1).join(".")}`;
    const found = [name, wildcard]
      .map((candidate) => records.filter((record) => recordName(record) === candidate && target(record) !== undefined))
      .find((matching) => matching.length > 0);
    if (!found) continue;
    const [first] = found.filter(({ Weight }) => Weight === undefined || Number(Weight) > 0);
    if (new Set(found.map(target)).size > 1) trace.notEvaluated("routing policy of the record");
    return target(first ?? found[0] ?? {});
  }
  return undefined;
}

// The zone with the longest name answers: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html
async function zonesOf(context: RoutingContext, name: string): Promise<readonly Zone[]> {
  return (await publicZones(context))
    .filter(({ zone }) => `.${name}.`.endsWith(`.${text(zone.Name)}`))
    .toSorted((one, other) => text(other.zone.Name).length - text(one.zone.Name).length);
}

async function publicZones(context: RoutingContext): Promise<readonly Zone[]> {
  const zones = await Promise.all(
    context.accounts().map(async (account) => {
      const scope = { account, region: "us-east-1" };
      const found = await context.reader.all(scope, "route53", "ListHostedZones", "HostedZones");
      return found.map((zone) => ({ account, zone }));
    }),
  );
  return zones.flat().filter(({ zone }) => scalarText(object(zone.Config).PrivateZone) !== "true");
}

function recordsOf({ reader }: RoutingContext, { account, zone }: Zone): Promise<readonly JsonObject[]> {
  return reader.all({ account, region: "us-east-1" }, "route53", "ListResourceRecordSets", "ResourceRecordSets", {
    HostedZoneId: text(zone.Id).replace("/hostedzone/", ""),
  });
}

// Route 53 returns "*" as "\052".
function recordName({ Name }: JsonObject): string {
  return text(Name).replace("\\052", "*").replace(/\.$/, "").toLowerCase();
}

function target({ Type, AliasTarget, ResourceRecords }: JsonObject): string | undefined {
  const alias = text(object(AliasTarget).DNSName);
  const value = alias !== "" ? alias : Type === "CNAME" ? text(objects(ResourceRecords)[0]?.Value) : "";
  return value === ""
    ? undefined
    : value
        .replace(/\.$/, "")
        .replace(/^dualstack\./, "")
        .toLowerCase();
}
