import { text } from "../../wire/json";
import type { Rule } from "../rule";
import { kinds, reference, service } from "./resources";

/** The Region of what protects CloudFront. */
export const scopeRules: readonly Rule[] = [
  {
    name: "waf-scope-region",
    service,
    operations: kinds.flatMap(({ items }) => [`Create${items.replace(/s$/, "")}`, `List${items}`]),
    code: "WAFInvalidParameterException",
    rule: "What has the scope CLOUDFRONT is in us-east-1.",
    source: `${reference}/API_CreateWebACL.html`,
    refuse: ({ input, region }) =>
      input.Scope === "CLOUDFRONT" && region !== "us-east-1"
        ? `Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: ${text(input.Scope)}`
        : undefined,
  },
];
