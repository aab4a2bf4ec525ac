// Placeholders for "*" and "?" that are literal in a pattern: private-use characters, which no policy may contain
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
const literals: Readonly<Record<string, string>> = { "\uE000": "*", "\uE001": "?" };

/** The text as a pattern that matches only itself. */
export function literal(text: string): string {
  return text.replaceAll("*", "\uE000").replaceAll("?", "\uE001");
}

/** Whether a value matches a pattern in which "*" stands for any characters and "?" for one character. */
export function like(pattern: string, value: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let position = 0;
  while (position < value.length) {
    const expected = pattern[at];
    if (expected === "*") {
      star = at++;
      retry = position;
    } else if (expected === "?" || (expected && (literals[expected] ?? expected) === value[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retry;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/**
 * Whether an ARN matches a pattern: each of the six parts between colons separately, so that a wildcard does not span
 * parts. Parts that a pattern with a trailing "*" lacks match anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnLike(pattern: string, value: string): boolean {
  if (pattern === "*") return true;
  const expected = parts(pattern);
  const actual = parts(value);
  if (actual.length !== 6) return like(pattern, value);
  if (pattern.endsWith("*")) while (expected.length < 6) expected.push("*");
  return expected.length === 6 && expected.every((part, index) => like(part, actual[index] ?? ""));
}

function parts(arn: string): string[] {
  const all = arn.split(":");
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(":")];
}
