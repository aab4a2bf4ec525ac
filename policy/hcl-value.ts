import { expressionEnd } from "./hcl-expression";

/**
 * Reads what Terraform would encode, the argument of a `${jsonencode(...)}`: lists, objects and literals become
 * values; what only Terraform can know stays an expression, `${...}`. Undefined for any other text.
 */
export function encodedValue(text: string): unknown {
  if (!text.startsWith(opening) || !text.endsWith(closing)) return undefined;
  return new Reader(text.slice(opening.length, -closing.length)).whole();
}

const opening = "${jsonencode(";
const closing = ")}";

const words = new Map<string | undefined, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  /** The one value of the text; undefined when something follows it. */
  public whole(): unknown {
    const value = this.value();
    this.take(/\s*/y);
    return this.position === this.text.length ? value : undefined;
  }

  private value(): unknown {
    this.take(/\s*/y);
    const start = this.position;
    const value = this.list() ?? this.object() ?? this.literal();
    // Otherwise the value is only the first part of an expression, such as `1 + var.count`.
    if (value !== undefined && this.take(/(?=\s*(?:[,\]})]|$))/y) !== undefined) return value;
    this.position = expressionEnd(this.text, start);
    return `\${${this.text.slice(start, this.position).trim()}}`;
  }

  private list(): unknown[] | undefined {
    if (this.take(/\[(?!\s*for\s)/y) === undefined) return undefined;
    const items: unknown[] = [];
    while (this.take(/\s*\]/y) === undefined) {
      if (this.position >= this.text.length) return undefined;
      items.push(this.value());
      this.take(/\s*,/y);
    }
    return items;
  }

  private object(): Record<string, unknown> | undefined {
    if (this.take(/\{(?!\s*for\s)/y) === undefined) return undefined;
    const entries: [string, unknown][] = [];
    while (this.take(/\s*\}/y) === undefined) {
      this.take(/\s*/y);
      const key = this.string() ?? this.take(/[\w-]+/y);
      if (key === undefined || this.take(/\s*[=:]/y) === undefined) return undefined;
      entries.push([key, this.value()]);
      this.take(/\s*,/y);
    }
    return Object.fromEntries(entries);
  }

  private literal(): unknown {
    const string = this.string();
    if (string !== undefined) return string;
    const number = this.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    return number === undefined ? words.get(this.take(/(?:true|false|null)(?![\w.-])/y)) : Number(number);
  }

  /** A string without a template in it. Its escapes are those of JSON, but for a doubled `$` or `%` before a brace. */
  private string(): string | undefined {
    const quoted = this.take(/"(?:[^"\\$%]|\\.|\$\$\{|%%\{|[$%](?![$%]?\{))*"/y);
    return quoted && String(JSON.parse(quoted.replace(/([$%])\1\{/g, "$1{")));
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.position += found.length;
    return found;
  }
}
