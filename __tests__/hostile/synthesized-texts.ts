import { decoded } from "../fixtures/synthesized";
import type { Synthesized } from "../fixtures/synthesized";

/** All texts and map keys of a stack as AWS receives them: with Terraform's escapes removed, and JSON parsed. */
export function textsOf({ json }: Synthesized): string[] {
  return leaves([json.provider, json.resource, json.data]);
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return unescaped(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [...unescaped(key), ...leaves(each)]);
}

function unescaped(text: string): string[] {
  if (text.startsWith("${jsonencode(")) return leaves(decoded(text));
  return [text.replaceAll("$${", "${").replaceAll("%%{", "%{")];
}
