import { Lazy, type IResolveContext } from "cdktf";
import { isForCdktf, mayHoldToken } from "./render";

/**
 * JSON that Terraform encodes, for values that contain references. It is the expression of `Fn.jsonencode`, which resolves
 * each value once for every level above it, and does not escape quotes and backslashes in texts.
 */
export function encodedJson(value: object): string {
  return Lazy.stringValue({
    produce: (context) => {
      const { suppressBraces, ignoreEscapes, warnEscapes } = context;
      Object.assign(context, { suppressBraces: true, ignoreEscapes: true, warnEscapes: true });
      const call = `jsonencode(${expression(value, context)})`;
      // cdktf resolves the call once more, in this context.
      Object.assign(context, { ignoreEscapes, warnEscapes });
      return suppressBraces === true ? call : `\${${call}}`;
    },
  });
}

/** A value as an expression of Terraform. */
function expression(value: unknown, context: IResolveContext): string {
  if (typeof value === "string") return textExpression(value, context);
  if (typeof value !== "object" || value === null) return String(context.resolve(value));
  return isForCdktf(value) ? resolvedExpression(value, context) : plainExpression(value, context);
}

function plainExpression(value: object, context: IResolveContext): string {
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== undefined).map((item) => expression(item, context));
    return `[${items.join(", ")}]`;
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `"${quoted(name)}" = ${expression(field, context)}`).join(", ")}}`;
}

function textExpression(text: string, context: IResolveContext): string {
  if (!mayHoldToken(text)) return `"${quoted(text)}"`;
  const parts = text.split(/(\$\{TfToken\[[^\]]+\]\})/);
  const [before, token, after] = parts;
  if (token === undefined) return `"${quoted(String(context.resolve(text)))}"`;
  if (parts.length === 3 && before === "" && after === "") return resolvedExpression(token, context);
  const template = parts.map((part, index) =>
    index % 2 === 0 ? quoted(part) : `\${${String(context.resolve(part))}}`,
  );
  return `"${template.join("")}"`;
}

/** What a token stands for: an expression, or a value. */
function resolvedExpression(token: unknown, context: IResolveContext): string {
  const result: unknown = context.resolve(token);
  return typeof result === "object" && result !== null ? plainExpression(result, context) : String(result);
}

/** A text as written in a quoted string of Terraform, which has the escape sequences of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll("${", () => "$${");
}
