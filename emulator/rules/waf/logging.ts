import { list, object, objects, text } from "../../wire/json";
import { allowDelivery, isDestination } from "../log-delivery";
import type { Observer, Rule, RuleCall } from "../rule";
import { reference, service } from "./resources";

const operations = ["PutLoggingConfiguration"];
const missing = "AWS WAF couldn't perform the operation because your resource doesn't exist.";

/** Rules on the logs of web ACLs. */
export const loggingRules: readonly Rule[] = [
  {
    name: "waf-logging-of-unknown",
    service,
    operations,
    code: "WAFNonexistentItemException",
    rule: "The web ACL whose requests are logged exists.",
    source: `${reference}/API_PutLoggingConfiguration.html`,
    refuse: async ({ input, ask }) => {
      const arn = text(object(input.LoggingConfiguration).ResourceArn);
      const Scope = arn.includes(":global/") ? "CLOUDFRONT" : "REGIONAL";
      const { WebACLs } = await ask("ListWebACLs", { Scope, Limit: 100 });
      return objects(WebACLs).some(({ ARN }) => ARN === arn) ? undefined : missing;
    },
  },
  {
    name: "waf-log-group-exists",
    service,
    operations,
    code: "WAFNonexistentItemException",
    rule: "The log group of a web ACL exists in its account and Region.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html",
    refuse: async (call) => {
      for (const destination of destinations(call)) if (!(await isDestination(call, destination))) return missing;
      return undefined;
    },
  },
];

/** Web ACLs whose logs CloudWatch Logs delivers. */
export const loggingObservers: readonly Observer[] = [
  {
    service,
    operations,
    observe: async (call) => {
      for (const destination of destinations(call)) await allowDelivery(call, destination);
    },
  },
];

function destinations({ input }: RuleCall): readonly string[] {
  return list(object(input.LoggingConfiguration).LogDestinationConfigs).map(text);
}
