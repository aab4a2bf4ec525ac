import { text } from "../wire/json";
import { assumedRole, type FindRole } from "./assumed-role";
import type { Ask, ModelledCall } from "./call";
import { contextOf } from "./conditions";
import { allows, evaluate, type Denial } from "./evaluate";
import { refusalOf, type Refusal } from "./refusal";
import { globalContext } from "./request-context";
import type { Role } from "./role";
import { roleNameOf } from "./roles";
import { sessionRequirements, stsContext } from "./sts-context";
import { webIdentity } from "./web-identity";

/** What the trust policies of roles are evaluated with. */
export interface Assumption {
  /** ARN of the caller, as GetCallerIdentity returns it. */
  readonly caller: string;
  readonly findRole: FindRole;
  /** Calls AWS with full permissions, in an account. */
  readonly askIn: (account: string) => Ask;
}

/**
 * The error of a call that assumes a role which does not exist or does not trust the caller; undefined for every other
 * call. The trust policy is evaluated here for the root user only: for others, their own policies count as well.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function assumptionRefusal(call: ModelledCall, assumption: Assumption): Promise<Refusal | undefined> {
  if (call.model !== "sts") return undefined;
  switch (call.operation) {
    case "AssumeRole":
      return assumeRole(call, assumption);
    case "AssumeRoleWithWebIdentity":
      return withWebIdentity(call, assumption);
    case "AssumeRoleWithSAML":
      return withSaml(call, assumption);
    default:
      return undefined;
  }
}

async function assumeRole(call: ModelledCall, { caller, findRole }: Assumption): Promise<Refusal | undefined> {
  const role = await assumedRole(call, findRole);
  const resource = text(call.input.RoleArn);
  const refuse = (action: string, denial?: Denial) =>
    refusalOf(call.service, call.protocol, { operation: call.operation, caller, action, resource, denial });
  if (role === undefined) return refuse("sts:AssumeRole");
  if (!caller.endsWith(":root")) return undefined;
  for (const action of ["sts:AssumeRole", ...sessionRequirements(call).map((needed) => needed.action)]) {
    const denial = denialByTrust(call, role, caller, action);
    if (denial) return refuse(action, denial);
  }
  return undefined;
}

// The root user has every permission, so that the trust policy alone decides.
function denialByTrust(call: ModelledCall, role: Role, caller: string, action: string): Denial | undefined {
  const account = caller.split(":")[4] ?? "";
  const principal = { arn: caller, type: "Account", userId: account, account, tags: {} };
  const context = { ...globalContext(call, { action }, principal), ...stsContext(call) };
  const request = { action, resource: role.arn, context: contextOf(context) };
  const everything = { version: "2012-10-17", statements: [{ effect: "Allow" as const, conditions: [] }] };
  const trust = { name: "", document: role.trust, type: "role trust policy" as const, mustAllow: true };
  return evaluate(request, { identity: [{ name: "", document: everything }], resource: trust }, { arn: caller });
}

/**
 * The claims of the token are evaluated; its signature is not, because no identity provider is called for its keys.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
async function withWebIdentity(call: ModelledCall, { findRole, askIn }: Assumption): Promise<Refusal | undefined> {
  const role = text(call.input.RoleArn);
  const ask = askIn(roleNameOf(role)?.account ?? call.account);
  const [accountArn = ""] = role.split(":role/");
  const identity = await webIdentity(text(call.input.WebIdentityToken), accountArn, ask);
  if ("code" in identity) return identity;
  return trustsFederated(call, findRole, identity.providerArn, identity.context);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
async function withSaml(call: ModelledCall, { findRole }: Assumption): Promise<Refusal | undefined> {
  const context = { "SAML:aud": "https://signin.aws.amazon.com/saml" };
  return trustsFederated(call, findRole, text(call.input.PrincipalArn), context);
}

async function trustsFederated(
  call: ModelledCall,
  findRole: FindRole,
  provider: string,
  claims: Readonly<Record<string, string | undefined>>,
): Promise<Refusal | undefined> {
  const action = `sts:${call.operation}`;
  const role = await assumedRole(call, findRole);
  const context = contextOf({ ...stsContext(call), "aws:FederatedProvider": provider, ...claims });
  const isTrusted =
    role && allows(role.trust, { action, resource: role.arn, context }, { type: "Federated", identifiers: [provider] });
  return isTrusted ? undefined : { code: "AccessDenied", message: `Not authorized to perform ${action}`, status: 403 };
}
