import type { AwsRequest, Forward, Gap, Handler, Reply } from "../proxy/gap";
import { Store } from "../store";
import { object, omit, parseJson, pick, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonError, jsonReply } from "../wire/reply";
import { Overlay } from "./overlay";

// What is fixed when a user pool is created: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
const immutable = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration"];

/** What an app client has when a request leaves it out, as moto creates it; other settings are then not set. */
const clientDefaults: JsonObject = {
  AllowedOAuthFlowsUserPoolClient: false,
  AuthSessionValidity: 3,
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  RefreshTokenValidity: 30,
};
const clientNames = ["UserPoolId", "ClientId", "ClientName", "ClientSecret", "CreationDate", "LastModifiedDate"];

/**
 * moto can neither delete nor update a resource server of a user pool, loses most of a domain, forgets at an update what
 * cannot change of a user pool, and keeps the settings of an app client that an update leaves out, which AWS resets; affects
 * `aws_cognito_resource_server`, `aws_cognito_user_pool_domain`, `aws_cognito_user_pool_client`, and the replacement of
 * `aws_cognito_user_pool` after a change.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 */
export function cognitoUserPools(): Gap {
  const servers = new Store<JsonObject>();
  const domains = new Store<JsonObject>();
  const keyOf = ({ UserPoolId, Identifier }: JsonObject): string => `${text(UserPoolId)} ${text(Identifier)}`;

  const putServer = (request: AwsRequest): Reply => {
    const ResourceServer = pick(parseJson(request.body), ["UserPoolId", "Identifier", "Name", "Scopes"]);
    servers.of(request).set(keyOf(ResourceServer), ResourceServer);
    return jsonReply({ ResourceServer });
  };
  const putDomain = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const reply = await forward();
    const sent = parseJson(request.body);
    if (isSuccess(reply)) {
      domains.of(request).set(text(sent.Domain), pick(sent, ["Domain", "UserPoolId", "CustomDomainConfig"]));
    }
    return reply;
  };
  const withDomains = (request: AwsRequest, pool: JsonObject): JsonObject => {
    const own = [...domains.of(request).values()].filter(({ UserPoolId }) => UserPoolId === pool.Id);
    const prefix = own.find(({ CustomDomainConfig }) => CustomDomainConfig === undefined);
    const custom = own.find(({ CustomDomainConfig }) => CustomDomainConfig !== undefined);
    return { ...omit(pool, ["Domain"]), Domain: prefix?.Domain, CustomDomain: custom?.Domain };
  };

  return {
    service: "cognito-idp",
    handlers: {
      DescribeUserPool: async (request, forward) =>
        editJson(await forward(), ({ UserPool }) => ({ UserPool: withDomains(request, object(UserPool)) })),
      UpdateUserPool: async (request, forward) => {
        const input = parseJson(request.body);
        const described = await forward({
          headers: { "x-amz-target": "AWSCognitoIdentityProviderService.DescribeUserPool" },
          body: JSON.stringify(pick(input, ["UserPoolId"])),
        });
        if (!isSuccess(described)) return described;
        const kept = pick(object(parseJson(described.body).UserPool), immutable);
        return forward({ body: JSON.stringify({ ...input, ...kept }) });
      },
      UpdateUserPoolClient: async (request, forward) => {
        const input = parseJson(request.body);
        const described = await forward({
          headers: { "x-amz-target": "AWSCognitoIdentityProviderService.DescribeUserPoolClient" },
          body: JSON.stringify(pick(input, ["UserPoolId", "ClientId"])),
        });
        if (!isSuccess(described)) return described;
        const client = omit(object(parseJson(described.body).UserPoolClient), clientNames);
        const reset = Object.keys(client).map((name) => [name, clientDefaults[name] ?? null]);
        return forward({ body: JSON.stringify({ ...Object.fromEntries(reset), ...input }) });
      },
      CreateResourceServer: putServer,
      UpdateResourceServer: putServer,
      DescribeResourceServer: (request) => {
        const ResourceServer = servers.of(request).get(keyOf(parseJson(request.body)));
        return ResourceServer
          ? jsonReply({ ResourceServer })
          : jsonError("ResourceNotFoundException", "Resource server does not exist.");
      },
      ListResourceServers: (request) => {
        const { UserPoolId } = parseJson(request.body);
        const all = [...servers.of(request).values()];
        return jsonReply({ ResourceServers: all.filter((server) => server.UserPoolId === UserPoolId) });
      },
      DeleteResourceServer: (request) => {
        servers.of(request).delete(keyOf(parseJson(request.body)));
        return jsonReply({});
      },
      CreateUserPoolDomain: putDomain,
      UpdateUserPoolDomain: putDomain,
      DeleteUserPoolDomain: async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply)) domains.of(request).delete(text(parseJson(request.body).Domain));
        return reply;
      },
      DescribeUserPoolDomain: async (request, forward) =>
        editJson(await forward(), (body) => {
          const domain = object(body.DomainDescription);
          if (Object.keys(domain).length === 0) return body;
          const stored = domains.of(request).get(text(domain.Domain));
          return { DomainDescription: { ...domain, ...stored, AWSAccountId: request.account } };
        }),
    },
  };
}

/**
 * moto lacks roles of identity pools, and loses whether they take the basic flow; affects
 * `aws_cognito_identity_pool_roles_attachment`, and `allow_classic_flow` of `aws_cognito_identity_pool`.
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html
 */
export function cognitoIdentityPools(): Gap {
  const roles = new Store<JsonObject>();
  const flows = new Overlay();
  const complete = (request: AwsRequest, reply: Reply): Reply =>
    editJson(reply, (pool) => flows.apply(request, text(pool.IdentityPoolId), pool));
  const write: Handler = async (request, forward) => {
    const reply = await forward();
    if (!isSuccess(reply)) return reply;
    const { AllowClassicFlow } = parseJson(request.body);
    flows.set(request, text(parseJson(reply.body).IdentityPoolId), { AllowClassicFlow });
    return complete(request, reply);
  };
  return {
    service: "cognito-identity",
    handlers: {
      CreateIdentityPool: write,
      UpdateIdentityPool: write,
      DescribeIdentityPool: async (request, forward) => complete(request, await forward()),
      SetIdentityPoolRoles: (request) => {
        const sent = pick(parseJson(request.body), ["IdentityPoolId", "Roles", "RoleMappings"]);
        roles.of(request).set(text(sent.IdentityPoolId), sent);
        return jsonReply({});
      },
      GetIdentityPoolRoles: (request) => {
        const sent = pick(parseJson(request.body), ["IdentityPoolId"]);
        return jsonReply(roles.of(request).get(text(sent.IdentityPoolId)) ?? sent);
      },
    },
  };
}
