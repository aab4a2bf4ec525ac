import { each, type Rules } from "../rule";

/** Cognito user pools and their app clients. */
export const userPoolRules = {
  "user-pool-password": {
    severity: "medium",
    why: "Short passwords are guessed.",
    source: "Cognito.3",
    mend: "set password_policy.minimum_length to 14 or more",
    check: each("aws_cognito_user_pool", (pool) => {
      const length = pool.number("password_policy.minimum_length");
      return !(length >= 14) && "takes passwords of less than 14 characters";
    }),
  },
  "user-pool-temporary-password": {
    severity: "medium",
    why: "A temporary password lies in a mailbox.",
    source: "Cognito.3",
    mend: "set password_policy.temporary_password_validity_days to 7 or less",
    check: each("aws_cognito_user_pool", (pool) => {
      const path = "password_policy.temporary_password_validity_days";
      const days = pool.has(path) ? pool.number(path) : 7;
      return days > 7 && `takes temporary passwords for ${days} days`;
    }),
  },
  "user-pool-mfa": {
    severity: "medium",
    why: "A password that was stolen must not be enough, at least for those who say so.",
    source: "Cognito.5",
    mend: 'set mfa_configuration to "OPTIONAL" or "ON"',
    check: each("aws_cognito_user_pool", (pool) => {
      return !["OPTIONAL", "ON"].includes(pool.text("mfa_configuration")) && "knows no second factor";
    }),
  },
  "user-pool-kept": {
    severity: "medium",
    why: "A pool that is deleted takes all accounts with it.",
    source: "Cognito.6",
    mend: 'set deletion_protection to "ACTIVE"',
    holds: "production",
    check: each(
      "aws_cognito_user_pool",
      (pool) => pool.get("deletion_protection") !== "ACTIVE" && "can be deleted by one call",
    ),
  },
  "user-pool-client-silent": {
    severity: "medium",
    why: "An answer that tells an unknown user from a wrong password tells who has an account.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
    mend: 'set prevent_user_existence_errors to "ENABLED"',
    check: each(
      "aws_cognito_user_pool_client",
      (client) => client.get("prevent_user_existence_errors") !== "ENABLED" && "tells who has an account",
    ),
  },
  "user-pool-client-revocation": {
    severity: "medium",
    why: "A token that was stolen must be of no use once its owner has signed out.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html",
    mend: "set enable_token_revocation to true",
    check: each(
      "aws_cognito_user_pool_client",
      (client) => client.get("enable_token_revocation") !== true && "cannot take tokens back",
    ),
  },
} satisfies Rules;
