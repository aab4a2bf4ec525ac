import { requirementsOf } from "./actions";
import type { FindRole } from "./assumed-role";
import type { Ask, ModelledCall, Requirement } from "./call";
import { contextOf } from "./conditions";
import { evaluate, type ApplicablePolicies } from "./evaluate";
import { parsePolicy, type Statement } from "./policy-document";
import { refusalOf, type Refusal } from "./refusal";
import { globalContext, mentionsResourceTag, resourceTagContext } from "./request-context";
import { resourcePolicyOf } from "./resource-policy";
import { tagReader } from "./resource-tags";
import { managedPolicy, readRole } from "./role";
import { coversAction } from "./statements";

export type { Ask, ModelledCall } from "./call";
export type { Refusal } from "./refusal";

/** Who makes a call. */
export interface Principal {
  /** ARN as GetCallerIdentity returns it, such as "arn:aws:sts::111122223333:assumed-role/deploy/job". */
  readonly arn: string;
  /** Documents that were passed to AssumeRole. @default - none */
  readonly sessionPolicies?: readonly string[];
  /** ARNs of managed policies that were passed to AssumeRole. @default - none */
  readonly sessionPolicyArns?: readonly string[];
  /** Tags that were passed to AssumeRole. @default - none */
  readonly sessionTags?: Readonly<Record<string, string>>;
  /** @default - the key aws:SourceIp is absent */
  readonly sourceIp?: string;
}

export interface AuthorizeOptions {
  /** @default - roles are read for every call, in the account of the call */
  readonly findRole?: FindRole;
}

/**
 * Evaluates a call of a role session by the policies of its role: undefined when the call is allowed, or the error that
 * AWS answers with. Other principals, such as the root user of an account, may do everything.
 *
 * @param ask calls AWS with full permissions, in the account and the region of the call
 */
export async function authorize(
  call: ModelledCall,
  principal: Principal,
  ask: Ask,
  { findRole = ({ name }) => readRole(name, ask) }: AuthorizeOptions = {},
): Promise<Refusal | undefined> {
  const [, account = "", roleName, session = ""] = /:(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(principal.arn) ?? [];
  if (roleName === undefined) return undefined;
  // The session of a role that was deleted has no permissions.
  const role = await findRole({ account, name: roleName });
  const [permissions, ofSession, resourcePolicy, requirements] = await Promise.all([
    role?.permissions(),
    sessionPolicies(principal, ask),
    resourcePolicyOf(call, ask, findRole),
    requirementsOf(call, ask),
  ]);
  const policies: ApplicablePolicies = {
    ...(permissions ?? { identity: [] }),
    session: ofSession,
    resource: resourcePolicy,
  };
  const tagsOf = tagReader(call, ask);
  const { sourceIp, sessionTags } = principal;
  const roleArn = role?.arn;
  const described = {
    arn: roleArn ?? principal.arn,
    type: "AssumedRole",
    userId: `${role?.id ?? ""}:${session}`,
    account,
    tags: { ...role?.tags, ...sessionTags },
    sourceIp,
  };
  for (const requirement of requirements) {
    const { action } = requirement;
    const context = { ...globalContext(call, requirement, described), ...requirement.context };
    const applicable = isAbout(call, requirement) ? policies : { ...policies, resource: undefined };
    const needsTags = dependsOnTags(applicable, action);
    for (const resource of requirement.resources) {
      const ofResource = needsTags ? resourceTagContext({ action, resource }, await tagsOf(resource)) : {};
      const request = { action, resource, context: contextOf({ ...context, ...ofResource }) };
      const denial = evaluate(request, applicable, { arn: principal.arn, roleArn });
      if (denial) {
        const refused = { operation: call.operation, caller: principal.arn, action, resource, denial };
        return refusalOf(call.service, call.protocol, refused);
      }
    }
  }
  return undefined;
}

// The policy of the resource that the call is about says nothing on what the service does elsewhere.
function isAbout({ service }: ModelledCall, { action }: Requirement): boolean {
  return action.startsWith(`${service}:`);
}

async function sessionPolicies(principal: Principal, ask: Ask): Promise<ApplicablePolicies["session"]> {
  const { sessionPolicies: documents = [], sessionPolicyArns: arns = [] } = principal;
  if (documents.length + arns.length === 0) return undefined;
  return [
    ...documents.map((document) => ({ name: "", document: parsePolicy(document) })),
    ...(await Promise.all(arns.map((arn) => managedPolicy(arn, ask)))),
  ];
}

function dependsOnTags({ identity, boundary, session = [], resource }: ApplicablePolicies, action: string): boolean {
  const all = [...identity, ...session, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  return all.some(({ document }) =>
    document.statements.some(
      (statement) => coversAction(statement, action) && textsOf(statement).some(mentionsResourceTag),
    ),
  );
}

/** What may be a condition key or contain a policy variable. */
function textsOf({ conditions, resources = [], notResources = [] }: Statement): readonly string[] {
  return [...resources, ...notResources, ...conditions.flatMap(({ key, values }) => [key, ...values])];
}
