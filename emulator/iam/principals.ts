import type { JsonObject } from "../wire/json";
import { principalsOf } from "./policy-document";
import { isServicePrincipal } from "./service-principals";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const formats: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    AWS: /^(\*|\d{12}|[A-Z0-9]{16,128}|arn:aws[a-z-]*:(iam::\d{12}:(root|user\/[^*]+|role\/[^*]+)|sts::\d{12}:(assumed-role|federated-user)\/[^*]+|iam::cloudfront:user\/.+))$/,
    Federated:
      /^(\*|arn:aws[a-z-]*:iam::\d{12}:(saml-provider|oidc-provider)\/.+|cognito-identity\.amazonaws\.com|www\.amazon\.com|accounts\.google\.com|graph\.facebook\.com)$/,
    CanonicalUser: /^[0-9a-f]{64}$/,
  }),
);

/** What is wrong with the principals of a statement, in IAM's words: their form, or a service that does not exist. */
export async function principalProblem(statement: JsonObject): Promise<string | undefined> {
  const { Principal: principal, NotPrincipal: notPrincipal } = statement;
  const value = principal ?? notPrincipal;
  if (typeof value === "string" && value !== "*") return `Invalid principal in policy: "AWS":"${value}"`;
  const entries = Object.entries(principalsOf(value));
  if (entries.every(([, ids]) => ids.length === 0)) {
    return "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!";
  }
  for (const [type, ids] of entries) {
    for (const id of ids) {
      const isValid = type === "Service" ? id === "*" || (await isServicePrincipal(id)) : formats.get(type)?.test(id);
      if (!isValid) return `Invalid principal in policy: "${type === "Service" ? "SERVICE" : type}":"${id}"`;
    }
  }
  return undefined;
}
