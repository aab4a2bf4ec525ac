/** What a mapping template reads. */
export interface TemplateInput {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a mapping template produces. */
export interface TemplateOutput {
  readonly body: string;
  /** Assignments to `$context.responseOverride`, such as "header.Access-Control-Allow-Origin". */
  readonly overrides: Readonly<Record<string, string>>;
}

type Variables = Record<string, string>;

const override = "context.responseOverride.";
const directive = /#(set|if|elseif)\s*\(|#(else|end)\b/g;

/**
 * Evaluates a mapping template, as far as it consists of `#set`, `#if`, comparisons of strings, and the request's
 * parameters; undefined when it has anything else.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function evaluateTemplate(template: string, input: TemplateInput): TemplateOutput | undefined {
  const variables: Variables = {};
  try {
    const body = run(template, input, variables);
    const overrides = Object.entries(variables).filter(([name]) => name.startsWith(override));
    return {
      body: body.trim(),
      overrides: Object.fromEntries(overrides.map(([name, value]) => [name.slice(override.length), value])),
    };
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

class Unsupported extends Error {}

function run(template: string, input: TemplateInput, variables: Variables): string {
  // Whether each enclosing branch is taken, and whether one of its #if was taken already.
  const branches: { taken: boolean; done: boolean }[] = [];
  const isLive = (): boolean => branches.every(({ taken }) => taken);
  let output = "";
  let position = 0;
  const emit = (end: number): void => {
    if (isLive()) output += filled(template.slice(position, end), input, variables);
  };
  for (let found = next(template, position); found; found = next(template, position)) {
    emit(found.start);
    position = found.end;
    const { name, argument } = found;
    const current = branches.at(-1);
    if (name === "set" && isLive()) assign(argument, input, variables);
    if (name === "if") {
      const taken = isLive() && isTrue(argument, input, variables);
      branches.push({ taken, done: taken });
    }
    if ((name === "elseif" || name === "else") && current) {
      current.taken = !current.done && (name === "else" || isTrue(argument, input, variables));
      current.done ||= current.taken;
    }
    if (name === "end") branches.pop();
  }
  emit(template.length);
  return output;
}

interface Directive {
  readonly name: string;
  readonly argument: string;
  readonly start: number;
  readonly end: number;
}

function next(template: string, from: number): Directive | undefined {
  directive.lastIndex = from;
  const match = directive.exec(template);
  if (!match) return undefined;
  const [whole, withArgument, without = ""] = match;
  const start = match.index;
  if (withArgument === undefined) return { name: without, argument: "", start, end: start + whole.length };
  let depth = 1;
  let end = start + whole.length;
  for (; end < template.length && depth > 0; end++) {
    if (template[end] === "(") depth++;
    if (template[end] === ")") depth--;
  }
  return { name: withArgument, argument: template.slice(start + whole.length, end - 1), start, end };
}

function assign(argument: string, input: TemplateInput, variables: Variables): void {
  const [, name, expression] = /^\s*\$([\w.-]+)\s*=\s*(.+)$/s.exec(argument) ?? [];
  if (name === undefined || expression === undefined) throw new Unsupported();
  variables[name] = value(expression, input, variables);
}

function isTrue(condition: string, input: TemplateInput, variables: Variables): boolean {
  return condition.split("||").some((alternative) =>
    alternative.split("&&").every((comparison) => {
      const [left = "", operator, right] = comparison.split(/(==|!=)/);
      if (operator === undefined || right === undefined) return value(left, input, variables) !== "";
      return (value(left, input, variables) === value(right, input, variables)) === (operator === "==");
    }),
  );
}

function value(
  expression: string,
  { headers, query, pathParameters, body }: TemplateInput,
  variables: Variables,
): string {
  const source = expression.trim();
  const literal = /^"([^"$#]*)"$|^'([^']*)'$|^(\d+)$/.exec(source);
  if (literal) return literal[1] ?? literal[2] ?? literal[3] ?? "";
  const [, kind, name = ""] =
    /^\$input\.params\(\)\.(header|querystring|path)\.get\(["']([^"']+)["']\)$/.exec(source) ?? [];
  if (kind === "header") return headers[name.toLowerCase()] ?? "";
  if (kind === "querystring") return query.get(name) ?? "";
  if (kind === "path") return pathParameters[name] ?? "";
  if (source === "$input.body") return body;
  const variable = /^\$!?\{?(\w+)\}?$/.exec(source)?.[1];
  if (variable === undefined || !(variable in variables)) throw new Unsupported();
  return variables[variable] ?? "";
}

function filled(content: string, input: TemplateInput, variables: Variables): string {
  if (content.includes("#")) throw new Unsupported();
  return content.replace(/\$(?:input\.[\w.]+\([^)]*\)[\w.("')]*|!?\{?\w+\}?)/g, (reference) =>
    value(reference, input, variables),
  );
}
