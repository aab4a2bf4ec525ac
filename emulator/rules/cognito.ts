import { list, object, objects, text } from "../wire/json";
import { clients } from "./cognito-clients";
import { domainRules } from "./cognito-domains";
import { smsRules } from "./cognito-sms";
import type { RuleSet } from "./rule";

const service = "cognito-idp";
const reference = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";

// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
const standardScopes = ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"];

/** Rules of Cognito between its user pools, domains, resource servers and app clients. */
export function cognito(): RuleSet {
  const ofClients = clients();
  return {
    observers: ofClients.observers,
    rules: [
      ...smsRules,
      ...domainRules,
      ...ofClients.rules,
      {
        name: "user-pool-with-domain",
        service,
        operations: ["DeleteUserPool"],
        code: "InvalidParameterException",
        rule: "A user pool with a domain cannot be deleted.",
        source: `${reference}/API_DeleteUserPool.html`,
        refuse: async ({ input, ask }) => {
          const { UserPool } = await ask("DescribeUserPool", { UserPoolId: input.UserPoolId });
          const { Domain, CustomDomain } = object(UserPool);
          return Domain === undefined && CustomDomain === undefined
            ? undefined
            : "User pool cannot be deleted. It has a domain configured that should be deleted first.";
        },
      },
      {
        name: "user-pool-deletion-protection",
        service,
        operations: ["DeleteUserPool"],
        code: "InvalidParameterException",
        rule: "A user pool with deletion protection cannot be deleted.",
        source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
        refuse: async ({ input, ask }) => {
          const { UserPool } = await ask("DescribeUserPool", { UserPoolId: input.UserPoolId });
          return object(UserPool).DeletionProtection === "ACTIVE"
            ? "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first."
            : undefined;
        },
      },
      {
        name: "resource-server-in-use",
        service,
        operations: ["CreateResourceServer"],
        code: "InvalidParameterException",
        rule: "A user pool has one resource server of each identifier.",
        source: `${reference}/API_CreateResourceServer.html`,
        refuse: async ({ input, ask }) => {
          const { UserPoolId, Identifier } = input;
          const { ResourceServer } = await ask("DescribeResourceServer", { UserPoolId, Identifier });
          return ResourceServer === undefined
            ? undefined
            : `${text(Identifier)} already exists in user pool ${text(UserPoolId)}.`;
        },
      },
      {
        name: "identity-provider-in-use",
        service,
        operations: ["CreateIdentityProvider"],
        code: "DuplicateProviderException",
        rule: "A user pool has one identity provider of each name.",
        source: `${reference}/API_CreateIdentityProvider.html`,
        refuse: async ({ input, ask }) => {
          const { UserPoolId, ProviderName } = input;
          const { IdentityProvider } = await ask("DescribeIdentityProvider", { UserPoolId, ProviderName });
          return IdentityProvider === undefined
            ? undefined
            : `A provider with the name ${text(ProviderName)} already exists in user pool ${text(UserPoolId)}.`;
        },
      },
      {
        name: "client-scope-exists",
        service,
        operations: ["CreateUserPoolClient", "UpdateUserPoolClient"],
        code: "ScopeDoesNotExistException",
        rule: "A scope of an app client is one of OpenID Connect or of a resource server of its user pool.",
        source: `${reference}/API_CreateUserPoolClient.html`,
        refuse: async ({ input, ask }) => {
          const asked = list(input.AllowedOAuthScopes).filter((scope) => !standardScopes.includes(text(scope)));
          if (asked.length === 0) return undefined;
          const { ResourceServers } = await ask("ListResourceServers", {
            UserPoolId: input.UserPoolId,
            MaxResults: 50,
          });
          const known = objects(ResourceServers).flatMap(({ Identifier, Scopes }) =>
            objects(Scopes).map(({ ScopeName }) => `${text(Identifier)}/${text(ScopeName)}`),
          );
          const unknown = asked.find((scope) => !known.includes(text(scope)));
          return unknown === undefined ? undefined : `Invalid scope requested: ${text(unknown)}`;
        },
      },
      {
        name: "client-provider-exists",
        service,
        operations: ["CreateUserPoolClient", "UpdateUserPoolClient"],
        code: "InvalidParameterException",
        rule: "An identity provider of an app client must be one of its user pool.",
        source: `${reference}/API_CreateUserPoolClient.html`,
        refuse: async ({ input, ask }) => {
          const asked = list(input.SupportedIdentityProviders).filter((name) => name !== "COGNITO");
          if (asked.length === 0) return undefined;
          const { Providers } = await ask("ListIdentityProviders", { UserPoolId: input.UserPoolId, MaxResults: 60 });
          const known = objects(Providers).map(({ ProviderName }) => ProviderName);
          const unknown = asked.find((name) => !known.includes(name));
          return unknown === undefined
            ? undefined
            : `The provider ${text(unknown)} does not exist for User Pool ${text(input.UserPoolId)}.`;
        },
      },
    ],
  };
}
