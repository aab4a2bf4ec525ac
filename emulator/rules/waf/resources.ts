import { isJsonObject, list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { RuleCall } from "../rule";

type Ask = RuleCall["ask"];

/** Signing name of AWS WAF. */
export const service = "wafv2";

/** Pages of WAF's operations. */
export const reference = "https://docs.aws.amazon.com/waf/latest/APIReference";

/** A kind of resource of WAF, with the operation that lists it. */
export interface Kind {
  readonly name: string;
  readonly list: string;
  /** Member of the list, the plural of the name in operations. */
  readonly items: string;
  /** Part of the ARN. */
  readonly path: string;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html */
export const kinds: readonly Kind[] = [
  { name: "web ACL", list: "ListWebACLs", items: "WebACLs", path: "webacl" },
  { name: "IP set", list: "ListIPSets", items: "IPSets", path: "ipset" },
  { name: "regex pattern set", list: "ListRegexPatternSets", items: "RegexPatternSets", path: "regexpatternset" },
  { name: "rule group", list: "ListRuleGroups", items: "RuleGroups", path: "rulegroup" },
];

/** The ARNs of IP sets, regex pattern sets and rule groups to which rules refer, in nested statements too. */
export function referencedArns(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => referencedArns(item));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key.endsWith("ReferenceStatement") ? [text(object(item).ARN)] : referencedArns(item),
  );
}

/** The web ACLs and rule groups of a scope, with their rules. */
export async function withRules(ask: Ask, Scope: JsonValue): Promise<readonly JsonObject[]> {
  const acls = objects((await ask("ListWebACLs", { Scope, Limit: 100 }, service)).WebACLs);
  const groups = objects((await ask("ListRuleGroups", { Scope, Limit: 100 }, service)).RuleGroups);
  return Promise.all([
    ...acls.map(async ({ Name, Id }) => object((await ask("GetWebACL", { Name, Id, Scope }, service)).WebACL)),
    ...groups.map(async ({ Name, Id }) => object((await ask("GetRuleGroup", { Name, Id, Scope }, service)).RuleGroup)),
  ]);
}

/** The ARNs of what a web ACL can protect, of the services that the emulated AWS has. */
export async function protectable({ ask, region, account }: RuleCall): Promise<readonly string[]> {
  const arns: string[] = [];
  const { LoadBalancers } = await ask("DescribeLoadBalancers", {}, "elasticloadbalancing");
  arns.push(...objects(LoadBalancers).map(({ LoadBalancerArn }) => text(LoadBalancerArn)));
  for (const { id } of objects((await ask("GetRestApis", { limit: 500 }, "apigateway")).items)) {
    const { item } = await ask("GetStages", { restApiId: text(id) }, "apigateway");
    arns.push(
      ...list(item).map(
        (stage) => `arn:aws:apigateway:${region}::/restapis/${text(id)}/stages/${text(object(stage).stageName)}`,
      ),
    );
  }
  const { UserPools } = await ask("ListUserPools", { MaxResults: 60 }, "cognito-idp");
  arns.push(...objects(UserPools).map(({ Id }) => `arn:aws:cognito-idp:${region}:${account}:userpool/${text(Id)}`));
  return arns;
}
