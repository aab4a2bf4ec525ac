import { objects, scalarText, text, type JsonValue } from "../../wire/json";
import type { Rule } from "../rule";
import { kinds, reference, service } from "./resources";

/** Names of resources, and names and priorities of the rules in one. */
export const nameRules: readonly Rule[] = [
  ...kinds.map(({ name, list, items }): Rule => ({
    name: `${name.replaceAll(" ", "-")}-name-in-use`,
    service,
    operations: [`Create${items.replace(/s$/, "")}`],
    code: "WAFDuplicateItemException",
    rule: `A scope has one ${name} of a name.`,
    source: `${reference}/API_Create${items.replace(/s$/, "")}.html`,
    refuse: async ({ input, ask }) => {
      const output = await ask(list, { Scope: input.Scope, Limit: 100 });
      return objects(output[items]).some(({ Name }) => Name === input.Name)
        ? "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one."
        : undefined;
    },
  })),
  {
    name: "waf-rule-twice",
    service,
    operations: ["CreateWebACL", "UpdateWebACL", "CreateRuleGroup", "UpdateRuleGroup"],
    code: "WAFInvalidParameterException",
    rule: "The rules of a web ACL or rule group have different names and priorities.",
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html",
    refuse: ({ input }) => {
      const twice = repeated(objects(input.Rules).map(({ Priority }) => Priority));
      const name = repeated(objects(input.Rules).map(({ Name }) => Name));
      if (twice !== undefined) {
        return `Error reason: Your configuration has rules with the same priority., field: RULE, parameter: ${scalarText(twice)}`;
      }
      return name === undefined
        ? undefined
        : `Error reason: Your configuration has rules with the same name., field: RULE, parameter: ${text(name)}`;
    },
  },
];

function repeated(values: readonly JsonValue[]): JsonValue {
  return values.find((value, index) => values.indexOf(value) !== index);
}
