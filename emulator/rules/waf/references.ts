import { objects, text } from "../../wire/json";
import type { Rule } from "../rule";
import { kinds, reference, referencedArns, service, withRules } from "./resources";

const referable = kinds.filter(({ path }) => path !== "webacl");

/** IP sets, regex pattern sets and rule groups to which rules refer. */
export const referenceRules: readonly Rule[] = [
  {
    name: "waf-reference-unknown",
    service,
    operations: ["CreateWebACL", "UpdateWebACL", "CreateRuleGroup", "UpdateRuleGroup"],
    code: "WAFNonexistentItemException",
    rule: "The IP sets, regex pattern sets and rule groups of a rule exist.",
    source: `${reference}/API_CreateWebACL.html`,
    refuse: async ({ input, ask, account }) => {
      // Another account may share its rule groups.
      const arns = referencedArns(input.Rules).filter((arn) => arn.includes(`:${account}:`));
      if (arns.length === 0) return undefined;
      const outputs = await Promise.all(
        referable.map(async ({ list, items }) => objects((await ask(list, { Scope: input.Scope, Limit: 100 }))[items])),
      );
      const existing = outputs.flat().map(({ ARN }) => text(ARN));
      return arns.every((arn) => existing.includes(arn))
        ? undefined
        : "AWS WAF couldn't perform the operation because your resource doesn't exist.";
    },
  },
  ...referable.map(({ name, items, path }): Rule => ({
    name: `${name.replaceAll(" ", "-")}-referenced`,
    service,
    operations: [`Delete${items.replace(/s$/, "")}`],
    code: "WAFAssociatedItemException",
    rule: `An ${name} to which a web ACL or rule group refers cannot be deleted.`.replace(/^An (?=r)/, "A "),
    source: `${reference}/API_Delete${items.replace(/s$/, "")}.html`,
    refuse: async ({ input, ask }) => {
      const end = `/${path}/${text(input.Name)}/${text(input.Id)}`;
      const referenced = (await withRules(ask, input.Scope)).flatMap(({ Rules }) => referencedArns(Rules));
      return referenced.some((arn) => arn.endsWith(end))
        ? "AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with another resource."
        : undefined;
    },
  })),
];
