import { isIPv4, isIPv6 } from "node:net";
import { list, object, objects, text, type JsonObject } from "../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { isSet } from "./values";

/** The values of records, and what each record needs beside them. */
export const records: DocumentCheck = {
  service: "route53",
  operations: ["ChangeResourceRecordSets"],
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
  check: ({ ChangeBatch }) =>
    objects(object(ChangeBatch).Changes)
      .map((change) => firstRefusal([content, routing, recordName, values], change))
      .find((refusal) => refusal !== undefined),
};

/** What a health check requests. */
export const healthChecks: DocumentCheck = {
  service: "route53",
  operations: ["CreateHealthCheck"],
  source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
  check: ({ HealthCheckConfig }) => {
    const { Type, IPAddress, FullyQualifiedDomainName, SearchString, RequestInterval } = object(HealthCheckConfig);
    if (isSet(RequestInterval) && RequestInterval !== 10 && RequestInterval !== 30) {
      return { code: "InvalidInput", message: "Invalid parameter : RequestInterval must be 10 or 30." };
    }
    if (!/^(HTTPS?(_STR_MATCH)?|TCP)$/.test(text(Type))) return undefined;
    if (text(IPAddress) === "" && text(FullyQualifiedDomainName) === "") {
      return {
        code: "InvalidInput",
        message: "Invalid parameter : Either IPAddress or FullyQualifiedDomainName must be specified.",
      };
    }
    return text(Type).endsWith("_STR_MATCH") && text(SearchString) === ""
      ? {
          code: "InvalidInput",
          message: `Invalid parameter : SearchString must be specified for the type ${text(Type)}.`,
        }
      : undefined;
  },
};

/** The name of a hosted zone. */
export const hostedZoneNames: DocumentCheck = {
  service: "route53",
  operations: ["CreateHostedZone"],
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html",
  check: ({ Name }) => {
    const problem = domainNameProblem(text(Name));
    return problem === undefined
      ? undefined
      : { code: "InvalidDomainName", message: `FATAL problem: ${problem} encountered with '${text(Name)}'` };
  },
};

const policies = [
  "Weight",
  "Region",
  "GeoLocation",
  "Failover",
  "MultiValueAnswer",
  "CidrRoutingConfig",
  "GeoProximityLocation",
];

/** What is wrong with a value of each type. */
const problems: Readonly<Record<string, ((value: string) => string | undefined) | undefined>> = {
  A: (value) => (isIPv4(value) ? undefined : "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"),
  AAAA: (value) => (isIPv6(value) ? undefined : "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"),
  TXT: characterStrings,
  SPF: characterStrings,
  CNAME: domainNameProblem,
  NS: domainNameProblem,
  PTR: domainNameProblem,
  MX: (value) =>
    /^\d{1,5}\s+\S+$/.test(value)
      ? undefined
      : "MXRRDATANotTwoFields (Value must contain the preference and the mail server)",
  SRV: (value) =>
    /^\d{1,5}\s+\d{1,5}\s+\d{1,5}\s+\S+$/.test(value)
      ? undefined
      : "SRVRRDATANotFourFields (Value must contain priority, weight, port and server)",
  CAA: (value) =>
    /^\d{1,3}\s+[a-z0-9]+\s+".*"$/i.test(value)
      ? undefined
      : "CAARRDATANotThreeFields (Value must contain flags, tag and a quoted value)",
};

/** The change as it is in AWS's messages. */
function described({ Action, ResourceRecordSet }: JsonObject): string {
  const { Name, Type, SetIdentifier } = object(ResourceRecordSet);
  const name = text(Name).endsWith(".") ? text(Name) : `${text(Name)}.`;
  return `Change with [Action=${text(Action)}, Name=${name}, Type=${text(Type)}, SetIdentifier=${text(SetIdentifier) || "null"}]`;
}

function content(change: JsonObject): Refusal | undefined {
  const { AliasTarget, TTL, ResourceRecords, TrafficPolicyInstanceId } = object(change.ResourceRecordSet);
  const hasRecords = isSet(TTL) || list(ResourceRecords).length > 0;
  const found = [isSet(AliasTarget), hasRecords, isSet(TrafficPolicyInstanceId)].filter(Boolean).length;
  const isIncomplete = hasRecords && !(isSet(TTL) && list(ResourceRecords).length > 0);
  if (found === 1 && !isIncomplete) return undefined;
  const what = found > 1 ? "found more than one" : "found none";
  return {
    code: "InvalidInput",
    message: `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but ${what} in ${described(change)}`,
  };
}

function routing(change: JsonObject): Refusal | undefined {
  const set = object(change.ResourceRecordSet);
  const used = policies.filter((name) => isSet(set[name]) && set[name] !== false);
  const hasIdentifier = text(set.SetIdentifier) !== "";
  if (used.length === (hasIdentifier ? 1 : 0)) return undefined;
  return {
    code: "InvalidInput",
    message:
      used.length > 0 && !hasIdentifier
        ? `Invalid request: Missing field 'SetIdentifier' in ${described(change)}`
        : `Invalid request: Expected exactly one of [${policies.join(", ")}], but found ${used.length > 1 ? "more than one" : "none"} in ${described(change)}`,
  };
}

function recordName({ Action, ResourceRecordSet }: JsonObject): Refusal | undefined {
  const name = text(object(ResourceRecordSet).Name);
  const problem = Action === "DELETE" ? undefined : domainNameProblem(name);
  return problem === undefined ? undefined : batch(`[FATAL problem: ${problem} encountered with '${name}']`);
}

function values({ Action, ResourceRecordSet }: JsonObject): Refusal | undefined {
  // What is deleted is compared with what exists.
  if (Action === "DELETE") return undefined;
  const { Type, Name, ResourceRecords } = object(ResourceRecordSet);
  const type = text(Type);
  const all = objects(ResourceRecords).map(({ Value }) => text(Value));
  const duplicate = firstDuplicate(all);
  if (duplicate !== undefined) return batch(`[Duplicate Resource Record: '${duplicate}']`);
  if (type === "CNAME" && all.length > 1) {
    return batch(
      `[RRSet with DNS name ${text(Name)}, type CNAME contains ${all.length} resource records, only 1 is allowed]`,
    );
  }
  for (const value of all) {
    const problem = problems[type]?.(value);
    if (problem !== undefined) {
      return batch(`[Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}'']`);
    }
  }
  return undefined;
}

function batch(message: string): Refusal {
  return { code: "InvalidChangeBatch", message };
}

function characterStrings(value: string): string | undefined {
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g);
  if (!strings || value.replace(/"(?:[^"\\]|\\.)*"/g, "").trim() !== "") {
    return "InvalidCharacterString (Value should be enclosed in quotation marks)";
  }
  // An escape, \"  or \052, is one character.
  return strings.some((string) => string.slice(1, -1).replace(/\\(\d{3}|.)/g, "_").length > 255)
    ? "CharacterStringTooLong (Value is too long)"
    : undefined;
}

/** What is wrong with a domain name, in the words of Route 53; undefined when nothing is. */
export function domainNameProblem(value: string): string | undefined {
  if (value === ".") return undefined;
  const labels = value.replace(/\.$/, "").split(".");
  if (labels.some((label) => label === "")) return "DomainLabelEmpty (Domain label is empty)";
  if (/\s/.test(value)) return "UnsupportedCharacter (Value contains unsupported characters)";
  return labels.some((label) => label.length > 63) ? "DomainLabelTooLong (Domain label is too long)" : undefined;
}
