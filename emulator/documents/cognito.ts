import { list, object, text, type JsonObject, type JsonValue } from "../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "./document";
import { isSet, numberOf } from "./values";

const reservedWords = ["aws", "amazon", "cognito"];

const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };
const day = 86400;

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
  check: (input) => firstRefusal([flows, urls, tokens], input),
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

function invalid(message: string): Refusal {
  return { code: "InvalidParameterException", message };
}

function invalidFlow(message: string): Refusal {
  return { code: "InvalidOAuthFlowException", message };
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
  if (!selected.includes("client_credentials")) return undefined;
  return selected.length > 1
    ? invalidFlow("client_credentials flow can not be selected along with code flow or implicit flow.")
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
