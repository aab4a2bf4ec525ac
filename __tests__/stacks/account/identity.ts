import type { Statement } from "./synthesized-account";

/** The claims of a job's token that AWS evaluates. */
export interface Identity {
  readonly aud: string;
  readonly sub: string;
}

/** Whether AWS allows the bearer of a GitLab token to assume the role; throws for conditions that it does not support. */
export function mayAssume(trust: readonly Statement[], issuer: string, identity: Identity): boolean {
  return trust.some(
    ({ effect, actions, condition }) =>
      effect === "Allow" &&
      actions.includes("sts:AssumeRoleWithWebIdentity") &&
      condition.every(({ test, variable, values }) => {
        const claim = claimOf(variable, issuer, identity);
        return values.some((value) => (test === "StringLike" ? like(value, claim) : equals(test, value, claim)));
      }),
  );
}

function claimOf(variable: string, issuer: string, { aud, sub }: Identity): string {
  if (variable === `${issuer}:aud`) return aud;
  if (variable === `${issuer}:sub`) return sub;
  throw new Error(`${variable} is not a condition key of ${issuer}`);
}

function equals(test: string, value: string, claim: string): boolean {
  if (test !== "StringEquals") throw new Error(`${test} is not understood`);
  return value === claim;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
