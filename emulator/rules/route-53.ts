import { dnsName } from "../wire/dns-name";
import { list, object, objects, scalarText, text, type JsonObject } from "../wire/json";
import { hostedZoneRules } from "./route-53-zones";
import { loadBalancerAliases } from "./route-53-aliases";
import type { Rule, RuleCall, RuleSet } from "./rule";

const service = "route53";
const source = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html";
const changes = { service, operations: ["ChangeResourceRecordSets"], code: "InvalidChangeBatch" };

/** Rules of hosted zones and their records. */
export function route53(): RuleSet {
  const ofAliases = loadBalancerAliases();
  return { rules: [...hostedZoneRules, ...rules, ...ofAliases.rules], observers: ofAliases.observers };
}

const rules: readonly Rule[] = [
  {
    ...changes,
    name: "record-exists",
    rule: "CREATE makes a record that does not exist yet; UPSERT replaces it.",
    source,
    refuse: async (call) => {
      const records = await recordsOf(call);
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        const record = object(ResourceRecordSet);
        const key = keyOf(record);
        if (Action === "CREATE" && records.has(key)) {
          return `[Tried to create resource record set ${described(record)} but it already exists]`;
        }
        apply(records, Action === "DELETE", record);
      }
      return undefined;
    },
  },
  {
    ...changes,
    name: "record-differs",
    rule: "DELETE names a record that exists, with its values.",
    source,
    refuse: async (call) => {
      const records = await recordsOf(call);
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        const record = object(ResourceRecordSet);
        const existing = records.get(keyOf(record));
        if (Action === "DELETE" && !existing) {
          return `[Tried to delete resource record set ${described(record)} but it was not found]`;
        }
        if (Action === "DELETE" && existing && valueOf(existing) !== valueOf(record)) {
          return `[Tried to delete resource record set ${described(record)} but the values provided do not match the current values]`;
        }
        apply(records, Action === "DELETE", record);
      }
      return undefined;
    },
  },
  {
    ...changes,
    name: "routing-policies-mixed",
    rule: "The records of one name and type have one routing policy: a simple record is the only one.",
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html",
    refuse: async (call) => {
      const records = await recordsOf(call);
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        apply(records, Action === "DELETE", object(ResourceRecordSet));
      }
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        const record = object(ResourceRecordSet);
        const other = [...records.values()].find(
          (each) => nameOf(each) === nameOf(record) && each.Type === record.Type && policyOf(each) !== policyOf(record),
        );
        if (Action !== "DELETE" && other) {
          return `[RRSet ${described(record)} cannot be created because a record of another routing policy (${policyOf(other)}) exists with the same name and type.]`;
        }
      }
      return undefined;
    },
  },
  {
    ...changes,
    name: "alias-target-not-found",
    rule: "The record to which an alias in the same zone refers exists, with the type of the alias.",
    source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
    refuse: async (call) => {
      const records = await recordsOf(call);
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        apply(records, Action === "DELETE", object(ResourceRecordSet));
      }
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        const { AliasTarget, Type } = object(ResourceRecordSet);
        const { HostedZoneId, DNSName } = object(AliasTarget);
        const zone = text(call.input.HostedZoneId).split("/").at(-1);
        if (Action === "DELETE" || text(HostedZoneId) === "" || HostedZoneId !== zone) continue;
        const target = nameOf({ Name: DNSName });
        const isFound = [...records.values()].some((each) => nameOf(each) === target && each.Type === Type);
        if (!isFound) {
          return `[Tried to create an alias that targets ${target}, type ${text(Type)} in zone ${text(HostedZoneId)}, but that target was not found]`;
        }
      }
      return undefined;
    },
  },
  {
    ...changes,
    name: "health-check-not-found",
    code: "NoSuchHealthCheck",
    status: 404,
    rule: "The health check of a record exists.",
    source,
    refuse: async (call) => {
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        const HealthCheckId = text(object(ResourceRecordSet).HealthCheckId);
        if (Action === "DELETE" || HealthCheckId === "") continue;
        const { HealthCheck } = await call.ask("GetHealthCheck", { HealthCheckId });
        if (HealthCheck === undefined) return `No health check exists with the specified ID: ${HealthCheckId}`;
      }
      return undefined;
    },
  },
  {
    ...changes,
    name: "cname-beside-others",
    rule: "A name with a CNAME record has no other records, and the name of the zone itself has none.",
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat",
    refuse: async (call) => {
      const records = await recordsOf(call);
      for (const { Action, ResourceRecordSet } of changesOf(call)) {
        apply(records, Action === "DELETE", object(ResourceRecordSet));
      }
      const changed = changesOf(call).map(({ ResourceRecordSet }) => nameOf(object(ResourceRecordSet)));
      const all = [...records.values()];
      const conflict = all.find(
        (record) =>
          record.Type === "CNAME" &&
          changed.includes(nameOf(record)) &&
          all.some((other) => other.Type !== "CNAME" && nameOf(other) === nameOf(record)),
      );
      return (
        conflict &&
        `[RRSet of type CNAME with DNS name ${nameOf(conflict)} is not permitted as it conflicts with other records with the same DNS name]`
      );
    },
  },
];

const routingPolicies = ["Weight", "Region", "GeoLocation", "Failover", "CidrRoutingConfig", "GeoProximityLocation"];

/** The routing policy of a record; those of multiple answers have an identifier alone. */
function policyOf(record: JsonObject): string {
  const policy = routingPolicies.find((name) => record[name] !== undefined && record[name] !== null);
  return policy ?? (text(record.SetIdentifier) === "" ? "simple" : "MultiValueAnswer");
}

function changesOf({ input }: RuleCall): readonly JsonObject[] {
  return objects(object(input.ChangeBatch).Changes);
}

/** The records of the hosted zone by their keys. */
async function recordsOf({ input, ask }: RuleCall): Promise<Map<string, JsonObject>> {
  const records = new Map<string, JsonObject>();
  let page: JsonObject = { HostedZoneId: text(input.HostedZoneId) };
  for (;;) {
    const output = await ask("ListResourceRecordSets", page);
    for (const record of objects(output.ResourceRecordSets)) records.set(keyOf(record), record);
    if (output.IsTruncated !== true) return records;
    const { NextRecordName, NextRecordType, NextRecordIdentifier } = output;
    page = {
      ...page,
      StartRecordName: NextRecordName,
      StartRecordType: NextRecordType,
      StartRecordIdentifier: NextRecordIdentifier,
    };
  }
}

function apply(records: Map<string, JsonObject>, isDeleted: boolean, record: JsonObject): void {
  if (isDeleted) records.delete(keyOf(record));
  else records.set(keyOf(record), record);
}

function keyOf(record: JsonObject): string {
  return [nameOf(record), text(record.Type), text(record.SetIdentifier)].join(" ");
}

/** The name as Route 53 keeps it: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
function nameOf({ Name }: JsonObject): string {
  return dnsName(text(Name).replaceAll("\\052", "*"));
}

function valueOf({ TTL, ResourceRecords, AliasTarget }: JsonObject): string {
  const { HostedZoneId, DNSName } = object(AliasTarget);
  if (AliasTarget !== undefined) return JSON.stringify([text(HostedZoneId), dnsName(text(DNSName))]);
  const values = list(ResourceRecords).map((record) => text(object(record).Value));
  return JSON.stringify([scalarText(TTL), values.sort()]);
}

function described(record: JsonObject): string {
  const { SetIdentifier } = record;
  const identifier = SetIdentifier === undefined ? "" : `, set-identifier='${text(SetIdentifier)}'`;
  return `[name='${nameOf(record)}', type='${text(record.Type)}'${identifier}]`;
}
