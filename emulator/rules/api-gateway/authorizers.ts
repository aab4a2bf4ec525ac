import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, referenceV2, service } from "./reference";

/** Rules on the authorizers of REST, HTTP and WebSocket APIs. */
export const authorizerRules: readonly Rule[] = [
  {
    name: "authorizer-name-in-use",
    service,
    operations: ["CreateAuthorizer"],
    code: "BadRequestException",
    rule: "An API has one authorizer of each name.",
    source: `${reference}/API_CreateAuthorizer.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, ApiId } = input;
      const { items } = restApiId === undefined ? {} : await ask("GetAuthorizers", { restApiId, limit: 500 });
      const { Items } = ApiId === undefined ? {} : await ask("GetAuthorizers", { ApiId });
      const names = [...objects(items).map(({ name }) => name), ...objects(Items).map(({ Name }) => Name)];
      const name = text(input.name ?? input.Name);
      return names.includes(name)
        ? `Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`
        : undefined;
    },
  },
  {
    // API Gateway asks every issuer for its configuration; the emulated one reaches only those that it emulates.
    name: "jwt-issuer-exists",
    service,
    operations: ["CreateAuthorizer", "UpdateAuthorizer"],
    code: "BadRequestException",
    rule: "The user pool that is the issuer of a JWT authorizer must exist.",
    source: `${referenceV2}/apis-apiid-authorizers.html`,
    refuse: async ({ region, input, ask }) => {
      const issuer = text(object(input.JwtConfiguration).Issuer);
      const { host, poolId } = userPoolOf(issuer) ?? {};
      // The rules see only the region of the call.
      if (host !== `cognito-idp.${region}.amazonaws.com`) return undefined;
      const { UserPool } = await ask("DescribeUserPool", { UserPoolId: poolId }, "cognito-idp");
      return UserPool === undefined ? unreachable(issuer) : undefined;
    },
  },
];

function userPoolOf(issuer: string): JsonObject | undefined {
  const [, host, poolId] = /^https:\/\/(cognito-idp\.[^/]+)\/([^/]+)\/?$/.exec(issuer) ?? [];
  return host === undefined ? undefined : { host, poolId };
}

function unreachable(issuer: string): string {
  const discovery = "/.well-known/openid-configuration";
  return `Caught exception when connecting to ${issuer}${discovery} for issuer ${issuer}. Please try again later. Error: Invalid issuer: ${issuer}. Issuer must have a valid discovery endpoint ended with '${discovery}'`;
}
