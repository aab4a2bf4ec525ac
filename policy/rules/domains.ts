import { each, type Rules } from "../rule";

/** What must not be empty. */
const needed: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["domain_name"],
  aws_route53_record: ["zone_id", "name"],
  aws_api_gateway_domain_name: ["domain_name", "regional_certificate_arn"],
  aws_apigatewayv2_domain_name: ["domain_name", "domain_name_configuration.certificate_arn"],
  "data.aws_route53_zone": ["name"],
};

/** Domains and their certificates. */
export const domainRules = {
  "domain-tls": {
    severity: "high",
    why: "TLS 1.0 and 1.1 are broken.",
    source: "CKV_AWS_206",
    mend: 'set security_policy to "TLS_1_2"',
    check: each(["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"], (domain) => {
      const path = domain.type === "aws_api_gateway_domain_name" ? "" : "domain_name_configuration.";
      const policy = domain.text(`${path}security_policy`);
      return !/^TLS_1_[23]$|^SecurityPolicy_TLS1[23]_/.test(policy) && `takes TLS by "${policy}"`;
    }),
  },
  "domain-only": {
    severity: "medium",
    why: "AWS's own address of an API goes around all that stands before its domain.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
    mend: "set disable_execute_api_endpoint to true",
    check: each(["aws_api_gateway_rest_api", "aws_apigatewayv2_api"], (api, stack) => {
      const mapping =
        api.type === "aws_api_gateway_rest_api" ? "aws_api_gateway_base_path_mapping" : "aws_apigatewayv2_api_mapping";
      const named = stack.all(mapping).length > 0;
      return named && api.get("disable_execute_api_endpoint") !== true && "has a second address beside its domain";
    }),
  },
  "certificate-validated": {
    severity: "medium",
    why: "A certificate is issued only once the domain's records confirm it; until then nothing can use it.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
    mend: "add an aws_acm_certificate_validation that names its records",
    check: each("aws_acm_certificate", (certificate, stack) => {
      const waited = stack
        .usersOf(certificate, "aws_acm_certificate_validation")
        .some((validation) => validation.has("validation_record_fqdns"));
      return !waited && "is never validated";
    }),
  },
  "domain-given": {
    severity: "medium",
    why: "Terraform plans a domain without a name, a zone or a certificate.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record",
    mend: "write the missing value, or leave the domain out",
    check: each(Object.keys(needed), (block) =>
      (needed[block.type] ?? []).filter((path) => !block.has(path)).map((path) => `has no ${path}`),
    ),
  },
} satisfies Rules;
