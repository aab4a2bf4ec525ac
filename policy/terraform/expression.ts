/**
 * Evaluates the argument of a `${jsonencode(...)}`: lists, objects and literals become values; an expression whose value
 * is known only to Terraform stays text, `${...}`. Undefined for any other text.
 */
export function decodeJson(text: string): unknown {
  if (!text.startsWith(opening) || !text.endsWith(closing)) return undefined;
  return new ExpressionReader(text.slice(opening.length, -closing.length)).whole();
}

const opening = "${jsonencode(";
const closing = ")}";

const keywords = new Map<string | undefined, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const brackets = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

class ExpressionReader {
  private position = 0;

  constructor(private readonly text: string) {}

  /** The value of the whole text; undefined when text follows it. */
  public whole(): unknown {
    const value = this.value();
    this.take(/\s*/y);
    return this.position === this.text.length ? value : undefined;
  }

  private value(): unknown {
    this.take(/\s*/y);
    const start = this.position;
    const value = this.list() ?? this.object() ?? this.literal();
    // Otherwise the value is the first operand of an expression, such as `1 + var.count`.
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
    const string = this.string() ?? this.template();
    if (string !== undefined) return string;
    const number = this.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    return number === undefined ? keywords.get(this.take(/(?:true|false|null)(?![\w.-])/y)) : Number(number);
  }

  /** A string without templates. Its escapes are those of JSON, and a doubled `$` or `%` before a brace. */
  private string(): string | undefined {
    const quoted = this.take(/"(?:[^"\\$%]|\\.|\$\$\{|%%\{|[$%](?![$%]?\{))*"/y);
    return quoted && String(JSON.parse(quoted.replace(/([$%])\1\{/g, "$1{")));
  }

  /** A string with templates, in the form that Terraform's JSON syntax has for it. */
  private template(): string | undefined {
    if (this.text.charAt(this.position) !== '"') return undefined;
    const end = stringEnd(this.text, this.position++);
    let text = "";
    while (this.position < end) {
      const start = this.position;
      const literal = this.take(/(?:\\.|\$\$\{|%%\{|[^"\\$%]|[$%](?!\{))+/y);
      if (literal === undefined) this.position = expressionEnd(this.text, start + 2) + 1;
      text += literal === undefined ? this.text.slice(start, this.position) : String(JSON.parse(`"${literal}"`));
    }
    this.position = end + 1;
    return text;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const [match] = pattern.exec(this.text) ?? [];
    if (match !== undefined) this.position += match.length;
    return match;
  }
}

/** Position at which the expression that begins at `start` ends: the first comma or closing bracket outside its own brackets. */
function expressionEnd(text: string, start: number): number {
  const open: string[] = [];
  for (let position = start; position < text.length; position++) {
    const character = text.charAt(position);
    const closing = brackets.get(character);
    if (character === '"') position = stringEnd(text, position);
    else if (closing !== undefined) open.push(closing);
    else if (open.length === 0 && /[,\])}]/.test(character)) return position;
    else if (character === open.at(-1)) open.pop();
  }
  return text.length;
}

/** Position of the quote that closes the string opened at `start`; templates in a string may contain strings. */
function stringEnd(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '"') return position;
    if (character === "\\") position++;
    else if (/^(?:\$\$|%%)\{/.test(text.slice(position, position + 3))) position += 2;
    else if (/^[$%]\{/.test(text.slice(position, position + 2))) position = expressionEnd(text, position + 2);
  }
  return text.length;
}
