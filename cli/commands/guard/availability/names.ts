import { textOf, valueAt } from "../fields";
import type { ResourceChange } from "../plan";
import type { Interruption } from "./interruption";

const domainName: Interruption = {
  thing: "domain name",
  what: (resource) => `the name ${before(resource, "domain_name")}`,
  until: "the new domain name is available, mapped to the API, and named by the records",
  minutes: 3,
};

const mapping = (type: string): Interruption => ({
  thing: "mapping",
  what: (resource) => `the name ${before(resource, "domain_name")}`,
  until: "the new mapping exists",
  minutes: 1,
  partOf: [{ type, by: "domain_name", key: "domain_name" }],
});

/** What is not available without names, certificates and users. */
export const nameInterruptions: Readonly<Record<string, Interruption>> = {
  aws_api_gateway_domain_name: domainName,
  aws_apigatewayv2_domain_name: domainName,
  aws_api_gateway_base_path_mapping: mapping("aws_api_gateway_domain_name"),
  aws_apigatewayv2_api_mapping: mapping("aws_apigatewayv2_domain_name"),
  aws_route53_record: {
    thing: "record",
    what: (resource) => `the name ${before(resource, "name")} (${before(resource, "type")})`,
    until: "the new record exists, and resolvers have forgotten that there was none",
    // Resolvers keep a negative response as long as the SOA record of the zone says, 15 minutes in Route 53.
    minutes: 15,
  },
  aws_acm_certificate: {
    thing: "certificate",
    what: (resource) => `HTTPS under the name ${before(resource, "domain_name")}`,
    until: "the new certificate is validated, and the listener or domain name uses it",
    minutes: 5,
    // AWS refuses to delete one that is in use.
    whenDeleted: false,
  },
  aws_cognito_user_pool: {
    thing: "user pool",
    what: () => "signing in, and the routes that require a token",
    until: "clients use the new pool, and users are registered in it",
  },
  aws_cognito_user_pool_domain: {
    thing: "domain of the user pool",
    what: (resource) => `the sign-in pages at ${before(resource, "domain")}`,
    until: "the new domain is active",
    minutes: 5,
    partOf: [{ type: "aws_cognito_user_pool", by: "user_pool_id", key: "id" }],
  },
  aws_cognito_user_pool_client: {
    thing: "app client",
    what: (resource) => `signing in with the app client ${before(resource, "name")}, and its tokens`,
    until: "the client uses the new ID",
    partOf: [{ type: "aws_cognito_user_pool", by: "user_pool_id", key: "id" }],
  },
  aws_cognito_resource_server: {
    thing: "resource server",
    what: () => "new tokens with its scopes",
    until: "the new resource server exists, and the app clients have its scopes",
    minutes: 1,
    partOf: [{ type: "aws_cognito_user_pool", by: "user_pool_id", key: "id" }],
  },
};

function before({ change }: ResourceChange, field: string): string {
  return textOf(valueAt(change.before, field));
}
