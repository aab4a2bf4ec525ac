import type { Aws } from "../models/aws";
import type { AwsRequest } from "../proxy/call";
import { errorReply } from "../proxy/error-reply";
import type { Layer } from "../proxy/layer";
import { authorize } from "./authorize";
import type { Ask, ModelledCall } from "./call";
import { policyRefusal } from "./policies-of-call";
import type { Protocol } from "./refusal";
import type { RolePolicyCache } from "./role-policies";

/** Refuses policies in requests that the service would not take. */
export function policyDocuments(aws: Aws): Layer {
  return async (request, next) => {
    const call = modelledCall(request);
    const refusal = call && (await policyRefusal(call, askFor(request, aws)));
    return refusal ? errorReply(request, refusal) : next(request);
  };
}

/**
 * Refuses what the policies of the caller's role do not allow. A caller without a role may do everything, and so may the
 * session of a role that the emulated IAM does not have, such as one that another tool manages.
 */
export function authorization(aws: Aws): Layer {
  const cache: RolePolicyCache = new Map();
  const known = new Set<string>();
  const isKnown = async (request: AwsRequest, roleArn: string): Promise<boolean> => {
    if (!known.has(roleArn) && (await exists(request, aws, roleArn))) known.add(roleArn);
    return known.has(roleArn);
  };
  return async (request, next) => {
    const call = modelledCall(request);
    const { role, arn } = request.caller;
    if (call && role && (await isKnown(request, role.arn))) {
      const sessionPolicies = role.sessionPolicy === undefined ? [] : [role.sessionPolicy];
      const refusal = await authorize(call, { arn, sessionPolicies }, askFor(request, aws), { cache });
      if (refusal) return errorReply(request, refusal);
    }
    const reply = await next(request);
    if (request.service === "iam") {
      cache.clear();
      known.clear();
    }
    return reply;
  };
}

async function exists({ account, region }: AwsRequest, aws: Aws, roleArn: string): Promise<boolean> {
  const { Role } = await aws.ask({ account, region }, "iam", "GetRole", { RoleName: roleArn.split("/").at(-1) });
  return Role !== undefined;
}

/** Calls the emulated AWS in the account and region of a request. */
export function askFor({ account, region }: AwsRequest, aws: Aws): Ask {
  return (model, operation, input) => aws.demand({ account, region }, model, operation, input);
}

/** A request by the API model of its service; undefined when no model has it. */
export function modelledCall({ api, service, method, path, account, region }: AwsRequest): ModelledCall | undefined {
  if (!api) return undefined;
  const { model, operation, input } = api;
  // botocore's models have no other protocols.
  const protocol = model.metadata.protocol as Protocol;
  return { service, model: model.name, protocol, operation, input, method, path, account, region };
}
