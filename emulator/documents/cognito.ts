import { list, object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { invalidParameter as invalid } from "./refusals";
import { isSet, numberOf } from "./values";

const reservedWords = ["aws", "amazon", "cognito"];

const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };
const day = 86400;

const standardAttributes = [
  ...["address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "identities", "locale"],
  ...["middle_name", "name", "nickname", "phone_number", "phone_number_verified", "picture", "preferred_username"],
  ...["profile", "sub", "updated_at", "website", "zoneinfo"],
];

/** How users of a pool are named, recover their accounts and get emails. */
export const userPools: DocumentCheck = {
  service: "cognito-idp",
  operations: ["CreateUserPool"],
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html",
  check: (input) => firstRefusal([names, recovery, emails], input),
};

/** The prefix of a user pool's domain. */
export const userPoolDomains: DocumentCheck = {
  service: "cognito-idp",
  operations: ["CreateUserPoolDomain"],
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html",
  check: ({ Domain, CustomDomainConfig }) => {
    if (isSet(CustomDomainConfig)) return undefined;
    const word = reservedWords.find((reserved) => text(Domain).includes(reserved));
    return word === undefined ? undefined : invalid(`Domain cannot contain reserved word: ${word}`);
  },
};

/** OAuth flows, URLs and tokens of an app client. */
export const userPoolClients: DocumentCheck = {
  service: "cognito-idp",
  operations: ["CreateUserPoolClient", "UpdateUserPoolClient"],
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  check: (input) => firstRefusal([flows, urls, tokens, authenticationFlows, attributes], input),
};

/** What an app client without a secret cannot do. */
export const clientSecrets: DocumentCheck = {
  service: "cognito-idp",
  operations: ["CreateUserPoolClient"],
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-oauth-grants.html",
  check: ({ AllowedOAuthFlows, GenerateSecret, ClientSecret }) =>
    list(AllowedOAuthFlows).includes("client_credentials") && GenerateSecret !== true && !isSet(ClientSecret)
      ? invalidFlow("client_credentials flow can not be selected if client does not have a client secret.")
      : undefined,
};

function invalidFlow(message: string): Refusal {
  return { code: "InvalidOAuthFlowException", message };
}

function names({ AliasAttributes, UsernameAttributes }: JsonObject): Refusal | undefined {
  return list(AliasAttributes).length > 0 && list(UsernameAttributes).length > 0
    ? invalid("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.")
    : undefined;
}

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html
function recovery({ AccountRecoverySetting }: JsonObject): Refusal | undefined {
  const all = objects(object(AccountRecoverySetting).RecoveryMechanisms);
  const isAdmin = all.some(({ Name }) => Name === "admin_only");
  const twice = firstDuplicate(all.map(({ Priority }) => numberOf(Priority)));
  return (isAdmin && all.length > 1) || twice !== undefined
    ? invalid(
        "Invalid account recovery setting parameter: Account Recovery Setting cannot use these mechanisms together.",
      )
    : undefined;
}

function emails({ EmailConfiguration }: JsonObject): Refusal | undefined {
  const { EmailSendingAccount, SourceArn } = object(EmailConfiguration);
  return EmailSendingAccount === "DEVELOPER" && text(SourceArn) === ""
    ? invalid("SourceArn is required when EmailSendingAccount is DEVELOPER.")
    : undefined;
}

function flows(input: JsonObject): Refusal | undefined {
  const selected = list(input.AllowedOAuthFlows);
  if (input.AllowedOAuthFlowsUserPoolClient === true) {
    if (selected.length === 0 || list(input.AllowedOAuthScopes).length === 0) {
      return invalid(
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
      );
    }
  }
  if (selected.includes("client_credentials") && selected.length > 1) {
    return invalidFlow("client_credentials flow can not be selected along with code flow or implicit flow.");
  }
  const isInteractive = selected.includes("code") || selected.includes("implicit");
  return isInteractive && list(input.CallbackURLs).length === 0
    ? invalidFlow("code flow and implicit flow can not be selected if redirect_uris (callback_urls) are not provided.")
    : undefined;
}

/** The names of flows before 2019 are not used with those since. */
function authenticationFlows({ ExplicitAuthFlows }: JsonObject): Refusal | undefined {
  const all = list(ExplicitAuthFlows).map(text);
  const isNew = (flow: string): boolean => flow.startsWith("ALLOW_");
  return all.some(isNew) && !all.every(isNew)
    ? invalid("ExplicitAuthFlows with the prefix ALLOW_ cannot be used with those without it.")
    : undefined;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
function attributes({ ReadAttributes, WriteAttributes }: JsonObject): Refusal | undefined {
  const isUnknown = (name: string): boolean => !standardAttributes.includes(name) && !/^(custom|dev):/.test(name);
  const [read, written] = [list(ReadAttributes).map(text), list(WriteAttributes).map(text)];
  if (read.some(isUnknown)) return invalid("Invalid read attributes specified while creating a client");
  return written.some((name) => isUnknown(name) || name.endsWith("_verified") || name === "sub")
    ? invalid("Invalid write attributes specified while creating a client")
    : undefined;
}

function urls({ CallbackURLs, LogoutURLs, DefaultRedirectURI }: JsonObject): Refusal | undefined {
  for (const url of [...list(CallbackURLs), ...list(LogoutURLs)].map(text)) {
    if (!/^[a-z][a-z0-9+.-]*:./i.test(url)) return invalid(`${url} is not a valid URI.`);
    if (/^http:/i.test(url) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/?]|$)/i.test(url)) {
      return invalid(`${url} cannot use the HTTP protocol.`);
    }
    if (url.includes("#")) return invalid(`${url} cannot contain a fragment.`);
  }
  return isSet(DefaultRedirectURI) && !list(CallbackURLs).includes(DefaultRedirectURI)
    ? invalid("DefaultRedirectURI must be in the list of CallbackURLs.")
    : undefined;
}

function tokens(input: JsonObject): Refusal | undefined {
  const { AccessToken, IdToken, RefreshToken } = object(input.TokenValidityUnits);
  const short = [
    lifetime(input.AccessTokenValidity, AccessToken, "hours"),
    lifetime(input.IdTokenValidity, IdToken, "hours"),
  ].filter((value) => value !== undefined);
  // 0 is the default of 30 days.
  const days = lifetime(input.RefreshTokenValidity, RefreshToken, "days");
  const refresh = days === 0 ? undefined : days;
  const isWrong =
    short.some((value) => value < 300 || value > day) ||
    (refresh !== undefined && (refresh < 3600 || refresh > 3650 * day || short.some((value) => value > refresh)));
  return isWrong ? invalid("Invalid range for token validity.") : undefined;
}

function lifetime(validity: JsonValue, unit: JsonValue, usual: string): number | undefined {
  const count = numberOf(validity);
  return count === undefined ? undefined : count * (seconds[text(unit) || usual] ?? 1);
}
