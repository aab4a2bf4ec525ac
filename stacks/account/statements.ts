import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { iamArn, type ArnScope } from "../arn";
import { roleName } from "../naming";
import { actionTable, type TypeActions } from "./actions";
import type { CommandActions } from "./actions/commands";
import { withoutResource } from "./actions/without-resource";

const operations = ["create", "read", "update", "delete"] as const;

/** An operation of Terraform on a resource. */
export type Operation = (typeof operations)[number];

/** A statement of an IAM policy that lists its actions. */
export type Statement = DataAwsIamPolicyDocumentStatement & { readonly actions: string[] };

/** The operations of a deploy role. */
export const deploying: readonly Operation[] = operations;

/** Global services, whose requests have the region us-east-1. */
const globalServices = new Set(["iam", "route53"]);

/**
 * The statements that Terraform needs for the types, and the commands for their own calls. Actions on the same
 * resources share a statement.
 *
 * @param regions in which actions without resource-level permissions are allowed
 * @param commands actions that are not called through Terraform
 */
export function statementsFor(
  types: readonly string[],
  arnScope: ArnScope,
  regions: readonly string[],
  allowed: readonly Operation[],
  commands: readonly CommandActions[] = [],
): Statement[] {
  const resources = new Map<string, Set<string>>();
  const allow = (action: string, arns: readonly string[], onAll: readonly string[] = []) => {
    const known = resources.get(action) ?? new Set();
    const ofService = arns.filter((arn) => arn.split(":")[2] === serviceOf(action));
    for (const arn of withoutResource.has(action) || onAll.includes(action) ? ["*"] : ofService) known.add(arn);
    resources.set(action, known);
  };
  for (const entry of types.map(entryOf)) {
    const { on, readOn = on, onAll = [] } = entry;
    for (const operation of allowed) {
      const arns = operation === "read" ? readOn(arnScope) : on(arnScope);
      for (const action of entry[operation] ?? []) allow(action, arns, onAll);
    }
  }
  for (const { actions, on } of commands) for (const action of actions) allow(action, on(arnScope));
  const grouped = new Map<string, Statement>();
  for (const [action, known] of [...resources].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const sorted = known.has("*") ? ["*"] : [...known].sort();
    const everywhere = sorted[0] === "*" && !globalServices.has(serviceOf(action));
    const key = [...sorted, String(everywhere), serviceOf(action)].join(" ");
    const statement = grouped.get(key);
    if (statement !== undefined) statement.actions.push(action);
    else {
      grouped.set(key, {
        actions: [action],
        resources: sorted,
        ...(everywhere && {
          condition: [{ test: "StringEquals", variable: "aws:RequestedRegion", values: [...regions] }],
        }),
      });
    }
  }
  return [...grouped.values()];
}

/** Statements on passing roles to services and on creating service-linked roles. */
export function roleStatements(
  types: readonly string[],
  arnScope: ArnScope,
  commands: readonly CommandActions[] = [],
): Statement[] {
  const entries = types.map(entryOf);
  const receivers = unique([...entries, ...commands].flatMap(({ passesRolesTo = [] }) => passesRolesTo));
  const linked = linkedServices(types);
  const only = (variable: string, values: string[]) => [{ test: "StringEquals", variable, values }];
  return [
    ...(receivers.length === 0
      ? []
      : [
          {
            actions: ["iam:PassRole"],
            resources: [iamArn(arnScope, `role/${roleName(arnScope, "*")}`)],
            condition: only("iam:PassedToService", receivers),
          },
        ]),
    ...(linked.length === 0
      ? []
      : [
          {
            actions: ["iam:CreateServiceLinkedRole"],
            resources: linked.map((service) => iamArn(arnScope, `role/aws-service-role/${service}/*`)),
            condition: only("iam:AWSServiceName", linked),
          },
        ]),
  ];
}

/** The services whose service-linked roles the types need. */
export function linkedServices(types: readonly string[]): string[] {
  return unique(types.map(entryOf).flatMap(({ serviceLinkedRole }) => serviceLinkedRole ?? []));
}

/** The service of an action, as IAM writes it. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

function entryOf(type: string): TypeActions {
  const entry = actionTable[type];
  if (entry !== undefined) return entry;
  throw new Error(`${type} has no entry in stacks/account/actions; add the IAM actions that Terraform calls for it`);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
