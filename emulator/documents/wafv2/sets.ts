import { isIPv4, isIPv6 } from "node:net";
import { list, objects, text, type JsonObject } from "../../wire/json";
import { type DocumentCheck, type Refusal } from "../document";

/** The ranges of an IP set. */
export const ipSets: DocumentCheck = {
  service: "wafv2",
  operations: ["CreateIPSet", "UpdateIPSet"],
  source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html",
  check: ({ Addresses, IPAddressVersion }) => {
    const wrong = list(Addresses)
      .map(text)
      .find((range) => !isRange(range, IPAddressVersion));
    return wrong === undefined ? undefined : invalid("The IP address isn't valid.", "IP_ADDRESS", wrong);
  },
};

/** The expressions of a regex pattern set. */
export const regexPatternSets: DocumentCheck = {
  service: "wafv2",
  operations: ["CreateRegexPatternSet", "UpdateRegexPatternSet"],
  source: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html",
  check: ({ RegularExpressionList }) => {
    const all = objects(RegularExpressionList).map(({ RegexString }) => text(RegexString));
    return all.length > mostExpressions
      ? {
          code: "WAFLimitsExceededException",
          message: "AWS WAF couldn't perform the operation because you exceeded your resource limit.",
        }
      : all.map(regexProblem).find((refusal) => refusal !== undefined);
  },
};

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const mostExpressions = 10;

/** What WAF replies to a wrong value. */
export function invalid(reason: string, field: string, parameter: string): Refusal {
  return {
    code: "WAFInvalidParameterException",
    message: `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
  };
}

/** What is wrong with a regular expression: brackets that do not match, or an assertion, which WAF does not support. */
export function regexProblem(expression: string): Refusal | undefined {
  // What is escaped or in a character class has no meaning of its own.
  const bare = expression.replace(/\\./gs, "_").replace(/\[\^?\]?[^\]]*\]/g, "");
  const isOpen = bare.includes("[") || !isBalanced(bare);
  return isOpen || /\(\?<?[=!]/.test(bare)
    ? invalid("The regular expression isn't valid.", "REGEX_PATTERN_STRING", expression)
    : undefined;
}

function isBalanced(expression: string): boolean {
  let depth = 0;
  for (const character of expression) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Whether a text is a range of a version, which is not that of all addresses. */
function isRange(range: string, version: JsonObject[string]): boolean {
  const [address = "", bits = ""] = range.split("/");
  const most = version === "IPV6" ? 128 : 32;
  const isAddress = version === "IPV6" ? isIPv6(address) : isIPv4(address);
  return isAddress && /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most;
}
