import { requirementsOf } from "./actions";
import type { FindRole } from "./assumed-role";
import type { Ask, ModelledCall } from "./call";
import { contextOf } from "./conditions";
import { evaluate, type ApplicablePolicies, type Caller, type Denial } from "./evaluate";
import { withGrants } from "./kms-grants";
import { parsePolicy } from "./policy-document";
import { refusalOf, type Refusal } from "./refusal";
import { globalContext } from "./request-context";
import { resourceAttributes } from "./resource-attributes";
import { resourcePolicies } from "./resource-policy";
import { tagReader } from "./resource-tags";
import { managedPolicy, readRole } from "./role";
import type { AuthorizationRequest } from "./statements";

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
  const ofRole = (await role?.permissions()) ?? { identity: [] };
  const ofCaller: ApplicablePolicies = { ...ofRole, session: await sessionPolicies(principal, ask) };
  const policyOf = resourcePolicies(call, ask, findRole);
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
  for (const requirement of await requirementsOf(call, ask)) {
    const { action } = requirement;
    const context = { ...globalContext(call, requirement, described), ...requirement.context };
    for (const resource of requirement.resources) {
      const policies = { ...ofCaller, resource: await policyOf(resource) };
      const ofResource = await resourceAttributes(policies, { call, action, resource }, ask, tagsOf);
      const request = { action, resource, context: contextOf({ ...context, ...ofResource }) };
      const denial = await evaluateWithGrants(request, policies, { arn: principal.arn, roleArn }, ask);
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
