import { each, type Rules } from "../rule";

/** Attributes that must not be empty. */
const required: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["domain_name"],
  aws_route53_record: ["zone_id", "name"],
  aws_api_gateway_domain_name: ["domain_name", "regional_certificate_arn"],
  aws_apigatewayv2_domain_name: ["domain_name", "domain_name_configuration.certificate_arn"],
  "data.aws_route53_zone": ["name"],
};

/** A stage of a REST API can be mapped by both. */
const mappings = ["aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"];

/** Domains and their certificates. */
export const domainRules = {
  "domain-tls": {
    severity: "high",
    rationale: "TLS 1.0 and 1.1 have known vulnerabilities.",
    source: "CKV_AWS_206",
    remediation: 'set security_policy to "TLS_1_2"',
    check: each(["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"], (domain) => {
      const path = domain.type === "aws_api_gateway_domain_name" ? "" : "domain_name_configuration.";
      const policy = domain.text(`${path}security_policy`);
      return !/^TLS_1_[23]$|^SecurityPolicy_TLS1[23]_/.test(policy) && `has the TLS policy "${policy}"`;
    }),
  },
  "api-default-endpoint": {
    severity: "medium",
    rationale: "The default endpoint of an API bypasses the TLS policy and the routing of its domain.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
    remediation: "set disable_execute_api_endpoint to true",
    check: each(["aws_api_gateway_rest_api", "aws_apigatewayv2_api"], (api, stack) => {
      const stages = stack.usersOf(api, "aws_api_gateway_stage", "aws_apigatewayv2_stage");
      const hasDomain = [api, ...stages].some((mapped) => stack.usersOf(mapped, ...mappings).length > 0);
      const isEnabled = api.get("disable_execute_api_endpoint") !== true;
      return hasDomain && isEnabled && "has a domain, and does not disable its default endpoint";
    }),
  },
  "certificate-validation": {
    severity: "medium",
    rationale:
      "ACM issues a certificate only after it has validated the domain, and an unissued certificate cannot be used.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
    remediation: "add an aws_acm_certificate_validation with validation_record_fqdns",
    check: each("aws_acm_certificate", (certificate, stack) => {
      const validated = stack
        .usersOf(certificate, "aws_acm_certificate_validation")
        .some((validation) => validation.has("validation_record_fqdns"));
      return !validated && "is not validated";
    }),
  },
  "domain-complete": {
    severity: "medium",
    rationale: "AWS rejects a domain without a name, hosted zone or certificate, which Terraform does not validate.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record",
    remediation: "set name, hostedZone and certificate of ingress.domain, or remove the domain",
    check: each(Object.keys(required), (block) =>
      (required[block.type] ?? []).filter((path) => !block.has(path)).map((path) => `has no ${path}`),
    ),
  },
} satisfies Rules;
