import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { Store } from "../store";
import { object, parseJson, pick, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonError, jsonReply } from "../wire/reply";

/**
 * moto can neither delete nor update a resource server of a user pool, and loses most of a domain; affects
 * `aws_cognito_resource_server` and `aws_cognito_user_pool_domain`.
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
    if (isSuccess(reply)) domains.of(request).set(text(sent.Domain), pick(sent, ["CustomDomainConfig"]));
    return reply;
  };

  return {
    service: "cognito-idp",
    handlers: {
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

/** moto lacks roles of identity pools; affects `aws_cognito_identity_pool_roles_attachment`. */
export function cognitoIdentityPools(): Gap {
  const roles = new Store<JsonObject>();
  return {
    service: "cognito-identity",
    handlers: {
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
