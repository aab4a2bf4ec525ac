import { requirementsOf } from "./actions";
import type { FindRole } from "./assumed-role";
import type { Ask, ModelledCall } from "./call";
import { callerIdentity, type Principal } from "./caller-identity";
import { contextOf } from "./conditions";
import { evaluate, type ApplicablePolicies, type Caller, type Denial } from "./evaluate";
import { managedPolicy } from "./identity-policies";
import { withGrants } from "./kms-grants";
import { parsePolicy } from "./policy-document";
import { refusalOf, type Refusal } from "./refusal";
import { globalContext } from "./request-context";
import { resourceAttributes } from "./resource-attributes";
import { resourcePolicies } from "./resource-policy";
import { tagReader } from "./resource-tags";
import { readRole } from "./role";
import type { AuthorizationRequest } from "./statements";
import { readUser, type FindUser } from "./user";

export type { Ask, ModelledCall } from "./call";
export type { Principal } from "./caller-identity";
export type { Refusal } from "./refusal";

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
  const [session, requirements] = await Promise.all([sessionPolicies(principal, ask), requirementsOf(call, ask)]);
  const ofCaller: ApplicablePolicies = { ...identity.permissions, session };
  const policyOf = resourcePolicies(call, ask, findRole);
  const tagsOf = tagReader(call, ask);
  for (const requirement of requirements) {
    const { action } = requirement;
    const global = globalContext(call, requirement, identity.principal);
    const context = { ...global, ...identity.context, ...requirement.context };
    for (const resource of requirement.resources) {
      const policies = { ...ofCaller, resource: await policyOf(resource) };
      const ofResource = await resourceAttributes(policies, { call, action, resource }, ask, tagsOf);
      const request = { action, resource, context: contextOf({ ...context, ...ofResource }) };
      const denial = await evaluateWithGrants(request, policies, identity.names, ask);
      if (denial) {
        const refused = { operation: call.operation, caller: principal.arn, action, resource, denial };
        return refusalOf(call.service, call.protocol, refused);
      }
    }
  }
  return undefined;
}

// The grants of a key are read only for what its policy and those of the caller do not allow.
async function evaluateWithGrants(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  caller: Caller,
  ask: Ask,
): Promise<Denial | undefined> {
  const denial = evaluate(request, policies, caller);
  const { resource } = policies;
  if (denial === undefined || denial.explicit || resource === undefined || !request.action.startsWith("kms:")) {
    return denial;
  }
  return evaluate(request, { ...policies, resource: await withGrants(resource, request.resource, ask) }, caller);
}

async function sessionPolicies(principal: Principal, ask: Ask): Promise<ApplicablePolicies["session"]> {
  const { sessionPolicies: documents = [], sessionPolicyArns: arns = [] } = principal;
  if (documents.length + arns.length === 0) return undefined;
  return [
    ...documents.map((document) => ({ name: "", document: parsePolicy(document) })),
    ...(await Promise.all(arns.map((arn) => managedPolicy(arn, ask)))),
  ];
}
