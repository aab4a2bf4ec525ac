import { settingsOf } from "../../documents/api-gateway/request";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

const customDomains = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html";

/** A certificate with the region in which its domain name needs it. */
interface Certificate {
  readonly arn: string;
  readonly region: string;
}

/** Rules on domain names, which REST and HTTP APIs share. */
export const domainNameRules: readonly Rule[] = [
  {
    name: "domain-name-in-use",
    service,
    operations: ["CreateDomainName"],
    code: "ConflictException",
    status: 409,
    rule: "A domain name exists once, whether the API of REST or that of HTTP APIs makes it.",
    source: customDomains,
    refuse: async ({ input, ask }) => {
      // A private domain name is known by an id beside its name.
      if (list(object(input.endpointConfiguration).types).includes("PRIVATE")) return undefined;
      const name = text(input.domainName ?? input.DomainName);
      const found = [
        await ask("GetDomainName", { domainName: name }),
        await ask("GetDomainName", { DomainName: name }),
      ];
      return found.some(({ domainName, DomainName }) => domainName === name || DomainName === name)
        ? "The domain name you provided already exists."
        : undefined;
    },
  },
  {
    name: "base-path-in-use",
    service,
    operations: ["CreateBasePathMapping", "CreateApiMapping"],
    code: "ConflictException",
    status: 409,
    rule: "A domain name maps each path once.",
    source: `${reference}/API_CreateBasePathMapping.html`,
    refuse: async ({ operation, input, ask }) => {
      const name = text(input.domainName ?? input.DomainName);
      const path = pathOf(text(input.basePath ?? input.ApiMappingKey));
      const { items } = await ask("GetBasePathMappings", { domainName: name, limit: 500 });
      const { Items } = await ask("GetApiMappings", { DomainName: name });
      const paths = [
        ...objects(items).map(({ basePath }) => pathOf(text(basePath))),
        ...objects(Items).map(({ ApiMappingKey }) => pathOf(text(ApiMappingKey))),
      ];
      if (!paths.includes(path)) return undefined;
      return operation === "CreateApiMapping"
        ? "ApiMapping key already exists for this domain name"
        : "Base path already exists for this domain name";
    },
  },
  {
    name: "domain-name-certificate",
    service,
    operations: ["CreateDomainName", "UpdateDomainName"],
    code: "BadRequestException",
    rule: "The certificate of a domain name must be in the region of its endpoints, which is us-east-1 for edge-optimized ones.",
    source: customDomains,
    refuse: async (call) => {
      const wrong = (await certificatesOf(call)).find(({ arn, region }) => regionOf(arn) !== region);
      return wrong && `Invalid certificate ARN: ${wrong.arn}. Certificate must be in '${wrong.region}'.`;
    },
  },
  {
    name: "domain-name-certificate-issued",
    service,
    operations: ["CreateDomainName", "UpdateDomainName"],
    code: "BadRequestException",
    rule: "The certificate of a domain name must exist and be issued.",
    source: customDomains,
    refuse: async (call) => {
      for (const { arn, region } of await certificatesOf(call)) {
        // The rules see only the region of the call.
        if (region !== call.region) continue;
        const { Certificate } = await call.ask("DescribeCertificate", { CertificateArn: arn }, "acm");
        const { Status } = object(Certificate);
        if (Status === undefined) return "The provided certificate does not exist.";
        if (Status !== "ISSUED") return `The certificate ${arn} is not issued: its status is ${text(Status)}.`;
      }
      return undefined;
    },
  },
];

/** The certificates that a call gives a domain name. */
async function certificatesOf({ operation, region, input, ask }: RuleCall): Promise<readonly Certificate[]> {
  const { certificateArn, regionalCertificateArn, DomainNameConfigurations } = settingsOf(input);
  const isChange = operation === "UpdateDomainName" && certificateArn != null;
  const { endpointConfiguration } = isChange ? await ask("GetDomainName", { domainName: input.domainName }) : input;
  const isPrivate = list(object(endpointConfiguration).types).includes("PRIVATE");
  const all: [JsonObject[string], string][] = [
    [certificateArn, isPrivate ? region : "us-east-1"],
    [regionalCertificateArn, region],
    ...objects(DomainNameConfigurations).map(({ CertificateArn }): [JsonObject[string], string] => [
      CertificateArn,
      region,
    ]),
  ];
  return all.flatMap(([arn, where]) => (text(arn) === "" ? [] : [{ arn: text(arn), region: where }]));
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

// REST APIs write the empty path as "(none)".
function pathOf(key: string): string {
  return key === "(none)" ? "" : key;
}
