import type { Aws, Scope } from "../models/aws";
import { takesForms } from "../models/client";
import { isForm, type AwsRequest } from "../proxy/call";
import { errorReply } from "../proxy/error-reply";
import { isRead, type Layer } from "../proxy/layer";
import { isSuccess } from "../wire/reply";
import { assumptionRefusal } from "./assumption";
import { authorize } from "./authorize";
import type { Ask, ModelledCall } from "./call";
import { credentialsRefusal } from "./credentials";
import { policyRefusal } from "./policies-of-call";
import type { Protocol, Refusal } from "./refusal";
import { Roles } from "./roles";
import { deleteAllowed, hiddenObject, isDeleteObjects } from "./s3-objects";
import { createLinkedRole } from "./service-linked-roles";
import { ofCallingUser } from "./user";

/** The roles of an emulated AWS. */
export function rolesOf(aws: Aws, delaySeconds?: number): Roles {
  // IAM has no region; its calls are signed for us-east-1.
  return new Roles((account) => askFor({ account, region: "us-east-1" }, aws), delaySeconds);
}

/** Refuses policies in requests that the service would not take. */
export function policyDocuments(aws: Aws, roles: Roles): Layer {
  return async (request, next) => {
    const call = modelledCall(request);
    const findRole = roles.inEffect.bind(roles);
    const { arn, role } = request.caller;
    const caller = role ? [arn, role.arn] : [arn];
    const refusal = call && (await policyRefusal(call, askFor(request, aws), { caller, findRole }));
    return refusal ? errorReply(request, refusal) : next(request);
  };
}

/**
 * Refuses what the policies of a user or of the caller's role do not allow, and the assumption of a role that does not
 * trust the caller. Other callers may do everything else.
 *
 * @param sourceIp address of all callers, for conditions on aws:SourceIp
 */
export function authorization(aws: Aws, roles: Roles, sourceIp = "127.0.0.1"): Layer {
  const refusalOf = async (request: AwsRequest, call: ModelledCall): Promise<Refusal | undefined> => {
    const { arn, role, temporary } = request.caller;
    const findRole = roles.inEffect.bind(roles);
    const askIn = (account: string) => askFor({ ...request, account }, aws);
    const refusal = await assumptionRefusal(call, { caller: arn, findRole, askIn });
    if (refusal) return refusal;
    const { sessionPolicy, sessionPolicyArns, sessionTags, sourceIdentity } = role ?? {};
    const sessionPolicies = sessionPolicy === undefined ? [] : [sessionPolicy];
    const ofSession = { sessionPolicies, sessionPolicyArns, sessionTags, sourceIdentity, temporary };
    const principal = { arn, ...ofSession, sourceIp, userAgent: request.headers["user-agent"] };
    return authorize(call, principal, askFor(request, aws), { findRole, findUser: roles.user.bind(roles) });
  };
  return async (request, next) => {
    const call = modelledCall(request);
    if (!call) return next(request);
    const invalid = credentialsRefusal(request, call);
    if (invalid) return errorReply(request, invalid);
    const refusal = await refusalOf(request, call);
    const refusalFor = (changed: Partial<ModelledCall>) => refusalOf(request, { ...call, ...changed });
    if (refusal && isDeleteObjects(call)) return deleteAllowed(request, call, refusalFor, next);
    if (refusal) return errorReply(request, refusal);
    const isWrite = call.model === "iam" && !isRead(call.operation);
    if (isWrite) return roles.write(request.account, call.input, () => next(request));
    const reply = await next(request);
    if (isSuccess(reply)) await createLinkedRole(call, askFor(request, aws));
    return (await hiddenObject(request, call, reply, refusalFor)) ?? reply;
  };
}

/** Calls the emulated AWS in an account and region. */
export function askFor({ account, region }: Scope, aws: Aws): Ask {
  return (model, operation, input) => aws.demand({ account, region }, model, operation, input);
}

/** A request by the API model of its service; undefined when no model has it. */
export function modelledCall(request: AwsRequest): ModelledCall | undefined {
  const { api, caller, service, method, path, account, region } = request;
  if (!api) return undefined;
  const { model, operation } = api;
  // botocore's models have no other protocols.
  const modelled = model.metadata.protocol as Protocol;
  const protocol = isForm(request) && takesForms(model) && modelled !== "ec2" ? "query" : modelled;
  const input = model.name === "iam" ? ofCallingUser(operation, api.input, caller.arn) : api.input;
  return { service, model: model.name, protocol, operation, input, method, path, account, region };
}
