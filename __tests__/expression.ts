import { z } from "zod";
import type { Synthesized } from "./synthesized";

/**
 * What Terraform makes of an expression that cdktf wrote: literals, lists, objects and `jsonencode`; references and
 * other functions stay as they are.
 */
export function evaluated(expression: unknown): unknown {
  const [, text = ""] = /^\$\{(.*)\}$/s.exec(z.string().parse(expression)) ?? [];
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},()=]|[^"[\]{},()=\s]+(?:\[\d+\][^"[\]{},()=\s]*)*/gs) ?? [];
  const value = read(tokens);
  if (tokens.length > 0) throw new Error(`is no whole expression, ${tokens.join(" ")} is left: ${text}`);
  return value;
}

const container = z.looseObject({
  name: z.string(),
  cpu: z.number().optional(),
  memory: z.number().optional(),
  environment: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  logConfiguration: z.object({ logDriver: z.string(), options: z.record(z.string(), z.string()) }),
});

/** The containers of a task definition by name, as ECS gets them. */
export function containersOf(
  stack: Synthesized,
  task = "orders_task_definition",
): Readonly<Record<string, z.output<typeof container>>> {
  const definitions = stack.resource(`aws_ecs_task_definition.services_${task}`)?.container_definitions;
  const containers = z.array(container).parse(parsed(evaluated(definitions)));
  return Object.fromEntries(containers.map((each) => [each.name, each]));
}

/** JSON that Terraform encoded. */
export function parsed(json: unknown): unknown {
  return JSON.parse(z.string().parse(json));
}

function read(tokens: string[]): unknown {
  const token = tokens.shift() ?? "";
  if (token === "[") return items(tokens, "]", () => read(tokens));
  if (token === "{") return Object.fromEntries(items(tokens, "}", () => entry(tokens)));
  if (token.startsWith('"') || /^(-?\d+(\.\d+)?|true|false|null)$/.test(token)) return JSON.parse(token);
  if (tokens[0] !== "(") return `\${${token}}`;
  tokens.shift();
  const given = items(tokens, ")", () => read(tokens));
  return token === "jsonencode" ? JSON.stringify(given[0]) : `${token}(${given.map(String).join(", ")})`;
}

function entry(tokens: string[]): [string, unknown] {
  const key = String(read(tokens));
  if (tokens.shift() !== "=") throw new Error(`${key} has no value`);
  return [key, read(tokens)];
}

function items<Item>(tokens: string[], end: string, next: () => Item): Item[] {
  const found: Item[] = [];
  while (tokens[0] !== end) {
    if (tokens.length === 0) throw new Error(`${end} is missing`);
    found.push(next());
    if (tokens[0] === ",") tokens.shift();
  }
  tokens.shift();
  return found;
}
