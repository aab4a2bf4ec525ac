import { jsonReaders, restReaders, type Reader } from "../reader";
import { text } from "../../wire/json";

const api = restReaders("apigateway");
const waf = jsonReaders("wafv2", "AWSWAF_20190729");
const acm = jsonReaders("acm", "CertificateManager");
const route53 = restReaders("route53", { global: true });

const input = { Scope: "REGIONAL" };

/** API Gateway, WAF, certificates and DNS. */
export const ingress: readonly Reader[] = [
  api("REST API", "/restapis", "item", "name", {
    within: ({ id }) => [
      api("Stage", `/restapis/${text(id)}/stages`, "item", "stageName"),
      api("Authorizer", `/restapis/${text(id)}/authorizers`, "item", "name"),
    ],
  }),
  api("VPC link", "/vpclinks", "item", "name"),
  api("Custom domain name", "/domainnames", "item", "domainName"),
  api("API key", "/apikeys", "item", "name"),
  api("Usage plan", "/usageplans", "item", "name"),
  api("HTTP API", "/v2/apis", "items", "name", {
    within: ({ apiId }) => [
      api("HTTP API stage", `/v2/apis/${text(apiId)}/stages`, "items", "stageName"),
      api("HTTP API route", `/v2/apis/${text(apiId)}/routes`, "items", "routeKey"),
      api("HTTP API integration", `/v2/apis/${text(apiId)}/integrations`, "items", "integrationId"),
      api("HTTP API authorizer", `/v2/apis/${text(apiId)}/authorizers`, "items", "name"),
    ],
  }),
  api("VPC link V2", "/v2/vpclinks", "items", "name"),
  api("HTTP API domain name", "/v2/domainnames", "items", "domainName"),
  waf("Web ACL", "ListWebACLs", "WebACLs", "Name", { input }),
  waf("IP set", "ListIPSets", "IPSets", "Name", { input }),
  waf("Rule group", "ListRuleGroups", "RuleGroups", "Name", { input }),
  waf("Web ACL logging", "ListLoggingConfigurations", "LoggingConfigurations", "ResourceArn", { input }),
  acm("Certificate", "ListCertificates", "CertificateSummaryList", "DomainName"),
  route53("Hosted zone", "/2013-04-01/hostedzone", "ListHostedZonesResponse.HostedZones.HostedZone", "Name", {
    within: ({ Id, Name }) => [
      route53(
        "Record",
        `/2013-04-01${text(Id)}/rrset`,
        "ListResourceRecordSetsResponse.ResourceRecordSets.ResourceRecordSet",
        "Name",
        {
          ignore: (record) => record.Name === Name && ["NS", "SOA"].includes(text(record.Type)),
        },
      ),
    ],
  }),
  route53("Health check", "/2013-04-01/healthcheck", "ListHealthChecksResponse.HealthChecks.HealthCheck", "Id"),
];
