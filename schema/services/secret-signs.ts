/** Names that say what they hold; those of a place where a secret lies (`_ARN`, `_FILE` ...) end otherwise. */
const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|_PWD|_PASS|(^|_)(SECRET|SECRET_KEY(_BASE)?|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|SIGNING_KEY|ENCRYPTION_KEY|CREDENTIALS?))$/i;

/** Values that give themselves away, by who issues them. */
const secretValues = [
  { kind: "an AWS access key", pattern: /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}($|[^A-Z0-9])/ },
  { kind: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { kind: "a token of GitHub", pattern: /(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/ },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  {
    kind: "a token of GitLab",
    pattern: /(^|[^A-Za-z0-9])gl(pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|wt|soat|ffct)-[\w-]{20}/,
  },
  { kind: "a token of Slack", pattern: /xox[abeoprs]-[\w-]{10}/ },
  { kind: "a key of Stripe", pattern: /(^|[^A-Za-z0-9])[rs]k_(live|test)_[A-Za-z0-9]{16}/ },
  { kind: "a signed token", pattern: /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/ },
  { kind: "an address with a password", pattern: /[a-z][a-z0-9+.-]*:\/\/[^/\s:@?#"]*:[^/\s@?#"]+@/i },
  { kind: "an address with a password", pattern: /(^|[?&;\s])(password|passwd|pwd)=[^&;\s]/i },
];

/** What a variable seems to hold that nobody should read, by its name or its value; undefined when it is ordinary. */
export function secretKind(name: string, value: string): string | undefined {
  // A switch is no secret, such as RESET_PASSWORD: "true".
  if (/^(true|false)?$/.test(value)) return undefined;
  if (secretName.test(name.replace(/([a-z\d])([A-Z])/g, "$1_$2"))) return "a secret, by its name";
  if (isAwsSecretKey(value)) return "an AWS secret key";
  return secretValues.find(({ pattern }) => pattern.test(value))?.kind;
}

/**
 * AWS's secret keys have no mark but 40 random characters. Paths, names and hexadecimal digits of that length fall into
 * few words and numbers, or have no capitals; of a million random keys, six fall into fewer than ten.
 */
function isAwsSecretKey(value: string): boolean {
  if (!/^(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9/+]{40}$/.test(value)) return false;
  return (value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).length >= 10;
}
