import { list, object, text } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "cognito-idp";
const reference = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";

/** Each authentication flow, with those of `ExplicitAuthFlows` that let a client use it, and AWS's message without them. */
const flows: Readonly<Record<string, readonly [readonly string[], string] | undefined>> = {
  USER_PASSWORD_AUTH: [
    ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
    "USER_PASSWORD_AUTH flow not enabled for this client",
  ],
  ADMIN_USER_PASSWORD_AUTH: [
    ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
    "Auth flow not enabled for this client",
  ],
  ADMIN_NO_SRP_AUTH: [["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"], "Auth flow not enabled for this client"],
  USER_SRP_AUTH: [["ALLOW_USER_SRP_AUTH"], "USER_SRP_AUTH is not enabled for the client."],
  CUSTOM_AUTH: [["ALLOW_CUSTOM_AUTH"], "CUSTOM_AUTH is not enabled for the client."],
};

/** Flows of a client that names none, or has the names before 2019, which are for the others only. */
const usual = ["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

/** Rules of Cognito on app clients, and how users sign in through them. */
export function clients(): RuleSet {
  // By the id of the client: requests to sign in have no signature, which would name their account and Region.
  const enabled = new Map<string, readonly string[]>();
  return {
    rules: [
      {
        name: "client-auth-flow",
        service,
        operations: ["InitiateAuth", "AdminInitiateAuth"],
        code: "InvalidParameterException",
        rule: "A user signs in by an authentication flow that the app client enables.",
        source: `${reference}/API_InitiateAuth.html`,
        refuse: ({ input }) => {
          const [enabling, message] = flows[text(input.AuthFlow)] ?? [];
          const named = enabled.get(text(input.ClientId));
          if (!enabling || !named) return undefined;
          const all = named.some((flow) => flow.startsWith("ALLOW_")) ? named : [...named, ...usual];
          return enabling.some((flow) => all.includes(flow)) ? undefined : message;
        },
      },
      {
        name: "client-secret-of-credentials-flow",
        service,
        operations: ["UpdateUserPoolClient"],
        code: "InvalidOAuthFlowException",
        rule: "An app client without a secret is not changed to the client credentials flow.",
        source: "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-oauth-grants.html",
        refuse: async ({ input, ask }) => {
          if (!list(input.AllowedOAuthFlows).includes("client_credentials")) return undefined;
          const { UserPoolId, ClientId } = input;
          const client = object((await ask("DescribeUserPoolClient", { UserPoolId, ClientId })).UserPoolClient);
          return client.ClientId !== undefined && text(client.ClientSecret) === ""
            ? "client_credentials flow can not be selected if client does not have a client secret."
            : undefined;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["CreateUserPoolClient", "UpdateUserPoolClient"],
        observe: (_, { UserPoolClient }) => {
          const { ClientId, ExplicitAuthFlows } = object(UserPoolClient);
          enabled.set(text(ClientId), list(ExplicitAuthFlows).map(text));
        },
      },
    ],
  };
}
