/** Java's names of character classes, with the ranges that they stand for inside brackets. */
const classes: Readonly<Record<string, string>> = {
  Alnum: "a-zA-Z0-9",
  Alpha: "a-zA-Z",
  ASCII: "\\x00-\\x7f",
  Blank: " \\t",
  Cntrl: "\\x00-\\x1f\\x7f",
  Digit: "0-9",
  Graph: "!-~",
  IsAlphabetic: "\\p{Alphabetic}",
  IsWhitespace: "\\s",
  LD: "\\p{L}\\p{Nd}",
  Lower: "a-z",
  Print: " -~",
  Punct: "!-\\/:-@\\[-`\\{-~",
  Upper: "A-Z",
  XDigit: "0-9a-fA-F",
  all: "\\s\\S",
};

const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a text matches a pattern of an API model as a whole, as in AWS's services, whether the pattern has anchors or
 * not. A pattern that JavaScript cannot express, such as one with inline flags, matches every text.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (!compiled.has(pattern)) compiled.set(pattern, compilePattern(pattern));
  return compiled.get(pattern)?.test(text) ?? true;
}

/** Translates a regular expression of Java, in which the models are written; undefined when it has no equivalent. */
export function compilePattern(pattern: string): RegExp | undefined {
  const source = pattern
    .replace(/\\p\{(\w+)\}/g, (whole, name: string, at: number) => {
      const ranges = classes[name];
      if (ranges === undefined) return whole;
      return isInBrackets(pattern, at) ? ranges : `[${ranges}]`;
    })
    .replace(/\\x\{([0-9a-fA-F]+)\}/g, "\\u{$1}")
    .replace(/\\u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2})/gi, (_, high: string, low: string) => codePoint(high, low))
    .replace(/\\[zZ]/g, "$$")
    // With the flag "u", JavaScript refuses the escape of a character that needs none.
    .replace(/\\([^\w\s\\^$.*+?()[\]{}|/-])/g, "$1");
  for (const flags of ["su", "s"]) {
    try {
      return new RegExp(`^(?:${source})$`, flags);
    } catch {
      // Without "u" more escapes are allowed.
    }
  }
  return undefined;
}

function isInBrackets(pattern: string, at: number): boolean {
  const before = pattern.slice(0, at).replace(/\\./g, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}

function codePoint(high: string, low: string): string {
  const value = 0x10000 + ((parseInt(high, 16) - 0xd800) << 10) + parseInt(low, 16) - 0xdc00;
  return `\\u{${value.toString(16)}}`;
}
