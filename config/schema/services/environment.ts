import { z } from "zod";
import { matching, plainText } from "../primitives";

export const variableName = matching(
  /^[A-Za-z_]\w*$/,
  "is no name of an environment variable; write letters, digits and _",
);

/** Names that say what they hold; those of a place where a secret lies (`_ARN`, `_FILE` ...) end otherwise. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i;

/** Values that give themselves away, by who issues them. */
const secretValues = [
  { kind: "an AWS access key", pattern: /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}($|[^A-Z0-9])/ },
  { kind: "an AWS secret key", pattern: /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9/+]{40}$/ },
  { kind: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { kind: "a token of GitHub", pattern: /(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/ },
  { kind: "a token of GitLab", pattern: /gl[a-z]{2,6}-[\w-]{20}/ },
  { kind: "a token of Slack", pattern: /xox[abeoprs]-[\w-]{10}/ },
  { kind: "a key of Stripe", pattern: /[rs]k_(live|test)_\w{16}/ },
  { kind: "a signed token", pattern: /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/ },
  { kind: "an address with a password", pattern: /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i },
];

const remedy = "keep it in Secrets Manager or SSM, and name its ARN under `secrets`";

/** Plain environment variables; what looks like a secret is refused, for anybody may read a task definition. */
export const environment = z.record(variableName, plainText).superRefine((variables, context) => {
  for (const [name, value] of Object.entries(variables)) {
    const kind = secretName.test(name) ? "a secret, by its name" : kindOf(value);
    if (kind === undefined) continue;
    // The value must not stand in the report.
    context.addIssue({ code: "custom", path: [name], input: "(hidden)", message: `is ${kind}; ${remedy}` });
  }
});

function kindOf(value: string): string | undefined {
  return secretValues.find(({ pattern }) => pattern.test(value))?.kind;
}
