import type { StageConfig } from "../../schema";
import { each, type Rules } from "../rule";
import { isPartOf } from "../stage-fields";

/** Cognito user pools and their app clients. */
export const userPoolRules = {
  "user-pool-password": {
    severity: "medium",
    rationale: "Short passwords can be guessed.",
    source: "Cognito.3",
    remediation:
      "set ingress.authorization.userPool.passwordMinimumLength to 14 or more (password_policy.minimum_length)",
    check: each("aws_cognito_user_pool", (pool) => {
      const length = pool.number("password_policy.minimum_length");
      return !(length >= 14) && "accepts passwords shorter than 14 characters";
    }),
  },
  "user-pool-temporary-password": {
    severity: "medium",
    rationale: "A temporary password stays readable in the mailbox that it was sent to.",
    source: "Cognito.3",
    remediation:
      "set ingress.authorization.userPool.temporaryPasswordValidityDays to at most 7 (password_policy.temporary_password_validity_days)",
    check: each("aws_cognito_user_pool", (pool) => {
      const path = "password_policy.temporary_password_validity_days";
      const days = pool.has(path) ? pool.number(path) : 7;
      return days > 7 && `accepts temporary passwords for ${days} days`;
    }),
  },
  "user-pool-mfa": {
    severity: "medium",
    rationale: "A stolen password is sufficient to sign in to an account without a second factor.",
    source: "Cognito.5",
    remediation: 'set ingress.authorization.userPool.mfa: "optional" or "required" (mfa_configuration)',
    acceptedBy: ({ ingress }, { resource }, stack) =>
      isMfaOff(ingress) && isPartOf("ingress", stack.at(resource)) ? "ingress.authorization.userPool.mfa" : undefined,
    check: each("aws_cognito_user_pool", (pool) => {
      return !["OPTIONAL", "ON"].includes(pool.text("mfa_configuration")) && "does not offer a second factor";
    }),
  },
  "user-pool-deletion": {
    severity: "medium",
    rationale: "Deleting a user pool deletes all of its accounts.",
    source: "Cognito.6",
    remediation: "set ingress.authorization.userPool.deletionProtection: true (deletion_protection)",
    appliesTo: "production",
    check: each(
      "aws_cognito_user_pool",
      (pool) => pool.get("deletion_protection") !== "ACTIVE" && "has no deletion protection",
    ),
  },
  "user-pool-client-errors": {
    severity: "medium",
    rationale: "An error that differs between an unknown user and a wrong password reveals who has an account.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
    remediation: 'set prevent_user_existence_errors to "ENABLED"',
    check: each(
      "aws_cognito_user_pool_client",
      (client) => client.get("prevent_user_existence_errors") !== "ENABLED" && "reveals which users exist",
    ),
  },
  "user-pool-client-revocation": {
    severity: "medium",
    rationale: "Without token revocation a stolen token stays valid after its user has signed out.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html",
    remediation: "set enable_token_revocation to true",
    check: each(
      "aws_cognito_user_pool_client",
      (client) => client.get("enable_token_revocation") !== true && "does not support token revocation",
    ),
  },
} satisfies Rules;

function isMfaOff(ingress: StageConfig["ingress"]): boolean {
  if (!("authorization" in ingress)) return false;
  const pool = ingress.authorization?.userPool;
  return pool?.source === "create" && pool.mfa === "off";
}
