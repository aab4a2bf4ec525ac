import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const change = (set: JsonObject, Action = "UPSERT") =>
  refusalOf("route53", "ChangeResourceRecordSets", {
    HostedZoneId: "Z1",
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet: { Name: "api.example.com", ...set } }] },
  });
const record = (Type: string, ...all: readonly string[]) =>
  change({ Type, TTL: 300, ResourceRecords: all.map((Value) => ({ Value })) });
const AliasTarget = { HostedZoneId: "Z2", DNSName: "alb.us-east-1.elb.amazonaws.com", EvaluateTargetHealth: true };

it.each([
  ["A", "192.0.2.1"],
  ["AAAA", "2001:db8::1"],
  ["CNAME", "_x1.acm-validations.aws."],
  ["CNAME", "0/25.2.0.192.in-addr.arpa"],
  ["TXT", '"v=spf1 -all"'],
  ["TXT", `"${"a".repeat(255)}" "b\\"c"`],
  ["MX", "10 mail.example.com"],
  ["MX", "10  mail.example.com"],
  ["SRV", "1 10 5269 xmpp.example.com"],
  ["CAA", '0 issue "amazon.com"'],
  ["NS", "ns-1.awsdns-00.com."],
  ["HTTPS", "1 . alpn=h2"],
])("takes %s %s", (type, value) => {
  expect(record(type, value)).toBeUndefined();
});

it("takes several values of one record, an alias, and records by weight", () => {
  expect(record("A", "192.0.2.1", "192.0.2.2")).toBeUndefined();
  expect(change({ Type: "A", AliasTarget, MultiValueAnswer: false })).toBeUndefined();
  expect(change({ Type: "A", AliasTarget, SetIdentifier: "blue", Weight: 0 })).toBeUndefined();
});

it.each([
  ["A", "example.com", "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"],
  ["A", "192.0.2.256", "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"],
  ["AAAA", "192.0.2.1", "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"],
  ["TXT", "v=spf1", "InvalidCharacterString (Value should be enclosed in quotation marks)"],
  ["TXT", `"${"a".repeat(256)}"`, "CharacterStringTooLong (Value is too long)"],
  ["CNAME", "a..example.com", "DomainLabelEmpty (Domain label is empty)"],
  ["CNAME", "a b.example.com", "UnsupportedCharacter (Value contains unsupported characters)"],
  ["CNAME", `${"a".repeat(64)}.com`, "DomainLabelTooLong (Domain label is too long)"],
  ["MX", "mail.example.com", "MXRRDATANotTwoFields (Value must contain the preference and the mail server)"],
  ["SRV", "1 10 xmpp", "SRVRRDATANotFourFields (Value must contain priority, weight, port and server)"],
  ["CAA", "0 issue amazon.com", "CAARRDATANotThreeFields (Value must contain flags, tag and a quoted value)"],
])("refuses %s %s", (type, value, problem) => {
  expect(record(type, value)).toEqual({
    code: "InvalidChangeBatch",
    message: `[Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}'']`,
  });
});

it("refuses a value twice, and a CNAME with two", () => {
  expect(record("A", "192.0.2.1", "192.0.2.1")?.message).toBe("[Duplicate Resource Record: '192.0.2.1']");
  expect(record("CNAME", "a.com", "b.com")?.message).toMatch(/only 1 is allowed/);
});

it.each<[string, JsonObject, RegExp]>([
  [
    "neither values nor an alias",
    { Type: "A" },
    /but found none in Change with \[Action=UPSERT, Name=api\.example\.com\., Type=A, SetIdentifier=null\]$/,
  ],
  ["values without a TTL", { Type: "A", ResourceRecords: [{ Value: "192.0.2.1" }] }, /but found none/],
  ["an alias with a TTL", { Type: "A", AliasTarget, TTL: 60 }, /but found more than one/],
  ["a weight without an identifier", { Type: "A", AliasTarget, Weight: 1 }, /Missing field 'SetIdentifier'/],
  ["an identifier without a policy", { Type: "A", AliasTarget, SetIdentifier: "a" }, /but found none/],
  ["two policies", { Type: "A", AliasTarget, SetIdentifier: "a", Weight: 1, Region: "us-east-1" }, /more than one/],
])("refuses %s", (_, set, expected) => {
  const refusal = change(set);
  expect(refusal?.code).toBe("InvalidInput");
  expect(refusal?.message).toMatch(expected);
});

it("does not read the values of what is deleted", () => {
  expect(change({ Type: "A", TTL: 1, ResourceRecords: [{ Value: "old" }] }, "DELETE")).toBeUndefined();
});

it.each(["a..example.com", `${"a".repeat(64)}.example.com`])("refuses the name %s", (Name) => {
  const set = { Name, Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
  expect(change(set)?.code).toBe("InvalidChangeBatch");
});

it("takes health checks with a target, and a text to find", () => {
  const check = (HealthCheckConfig: JsonObject) =>
    refusalOf("route53", "CreateHealthCheck", { HealthCheckConfig })?.code;
  expect(check({ Type: "HTTPS", FullyQualifiedDomainName: "example.com" })).toBeUndefined();
  expect(check({ Type: "CALCULATED" })).toBeUndefined();
  expect(check({ Type: "TCP", IPAddress: "192.0.2.1", RequestInterval: 10 })).toBeUndefined();
  expect(check({ Type: "TCP", IPAddress: "192.0.2.1", RequestInterval: 20 })).toBe("InvalidInput");
  expect(check({ Type: "HTTPS" })).toBe("InvalidInput");
  expect(check({ Type: "HTTP_STR_MATCH", IPAddress: "192.0.2.1" })).toBe("InvalidInput");
});

it("takes hosted zones whose labels are not empty", () => {
  const create = (Name: string) => refusalOf("route53", "CreateHostedZone", { Name })?.code;
  for (const name of ["example.com", "example.com.", "_tcp.example.com"]) expect(create(name)).toBeUndefined();
  for (const name of ["-a..b", "a..b", ".example.com", `${"a".repeat(64)}.com`]) {
    expect(create(name)).toBe("InvalidDomainName");
  }
});
