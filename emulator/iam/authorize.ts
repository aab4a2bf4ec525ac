import { requirementsOf } from "./actions";
import type { FindRole } from "./assumed-role";
import type { Ask, ModelledCall, Requirement } from "./call";
import { callerIdentity } from "./caller-identity";
import { contextOf } from "./conditions";
import { evaluate, type ApplicablePolicies } from "./evaluate";
import { parsePolicy, type Statement } from "./policy-document";
import { refusalOf, type Refusal } from "./refusal";
import { globalContext, mentionsResourceTag, resourceTagContext } from "./request-context";
import { resourcePolicyOf } from "./resource-policy";
import { tagReader } from "./resource-tags";
import { managedPolicy, readRole } from "./role";
import { coversAction } from "./statements";
import { readUser, type FindUser } from "./user";

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
  /** @default - users are read for every call, in the account of the call */
  readonly findUser?: FindUser;
}

/**
 * Evaluates a call of a user, or of a role session, by its policies: undefined when the call is allowed, or the error that
 * AWS answers with. Other principals, such as the root user of an account, may do everything.
 *
 * @param ask calls AWS with full permissions, in the account and the region of the call
 */
export async function authorize(
  call: ModelledCall,
  principal: Principal,
  ask: Ask,
  options: AuthorizeOptions = {},
): Promise<Refusal | undefined> {
  const findRole: FindRole = options.findRole ?? (({ name }) => readRole(name, ask));
  const findUser: FindUser = options.findUser ?? (({ name }) => readUser(name, ask));
  const identity = await callerIdentity(principal, findRole, findUser);
  if (identity === undefined) return undefined;
  const [ofSession, resourcePolicy, requirements] = await Promise.all([
    sessionPolicies(principal, ask),
    resourcePolicyOf(call, ask, findRole),
    requirementsOf(call, ask),
  ]);
  const policies: ApplicablePolicies = { ...identity.permissions, session: ofSession, resource: resourcePolicy };
  const tagsOf = tagReader(call, ask);
  for (const requirement of requirements) {
    const { action } = requirement;
    const global = globalContext(call, requirement, identity.principal);
    const context = { ...global, ...identity.context, ...requirement.context };
    const applicable = isAbout(call, requirement) ? policies : { ...policies, resource: undefined };
    const needsTags = dependsOnTags(applicable, action);
    for (const resource of requirement.resources) {
      const ofResource = needsTags ? resourceTagContext({ action, resource }, await tagsOf(resource)) : {};
      const request = { action, resource, context: contextOf({ ...context, ...ofResource }) };
      const denial = evaluate(request, applicable, identity.names);
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
