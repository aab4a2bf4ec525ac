/** Names of variables that hold a secret; references to one end with `_ARN`, `_FILE` and alike. */
const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|_PWD|_PASS|(^|_)(SECRET|SECRET_KEY(_BASE)?|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|CREDENTIALS?))$/i;

/** Values with a pattern that identifies their issuer. */
const secretValues = [
  { kind: "an AWS access key", pattern: /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}($|[^A-Z0-9])/ },
  { kind: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { kind: "a GitHub token", pattern: /(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/ },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  {
    kind: "a GitLab token",
    pattern: /(^|[^A-Za-z0-9])gl(pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|wt|soat|ffct)-[\w-]{20}/,
  },
  { kind: "a Slack token", pattern: /xox[abeoprs]-[\w-]{10}/ },
  { kind: "a Stripe key", pattern: /(^|[^A-Za-z0-9])[rs]k_(live|test)_[A-Za-z0-9]{16}/ },
  { kind: "a signed token", pattern: /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/ },
  { kind: "a URL with a password", pattern: /[a-z][a-z0-9+.-]*:\/\/[^/\s:@?#"]*:[^/\s@?#"]+@/i },
  { kind: "a URL with a password", pattern: /(^|[?&;\s])(password|passwd|pwd)=[^&;\s]/i },
];

/** Kind of secret that a variable seems to hold, judging by its name and value, or undefined. */
export function secretKind(name: string, value: string): string | undefined {
  // A boolean is not a secret, such as RESET_PASSWORD: "true".
  if (/^(true|false)?$/.test(value)) return undefined;
  if (secretName.test(name.replace(/([a-z\d])([A-Z])/g, "$1_$2"))) return "a secret, by its name";
  if (isAwsSecretKey(value)) return "an AWS secret key";
  return secretValues.find(({ pattern }) => pattern.test(value))?.kind;
}

/**
 * An AWS secret access key is 40 random characters without a prefix. Paths, names and hexadecimal digits of that length
 * split into few words and numbers, or have no capitals; of a million random keys, six split into fewer than ten.
 */
function isAwsSecretKey(value: string): boolean {
  if (!/^(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9/+]{40}$/.test(value)) return false;
  return (value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).length >= 10;
}
