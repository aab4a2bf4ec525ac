import pLimit, { type Limit } from "p-limit";
import type { FindRole } from "../iam/assumed-role";
import { roleNameOf, type Roles } from "../iam/roles";
import type { Aws } from "../models/aws";
import { readOutput } from "../models/client";
import type { AwsRequest } from "../proxy/call";
import { errorReply } from "../proxy/error-reply";
import type { Reply } from "../proxy/gap";
import { byOperation, operationKey, type Layer } from "../proxy/layer";
import { isSuccess } from "../wire/reply";
import type { Rule, RuleCall, RuleSet, RolesOfServices } from "./rule";

/**
 * Refuses what a rule refuses. Operations with a rule take turns in each account, region and service, so that two at the
 * same time do not both find that nothing exists yet.
 */
export function rulesLayer(sets: readonly RuleSet[], aws: Aws, roles: Roles): Layer {
  const rules = byOperation(sets.flatMap((set) => set.rules));
  const observers = byOperation(sets.flatMap((set) => set.observers ?? []));
  const turns = new Map<string, Limit>();

  return async (request, next) => {
    const { api, service, account, region } = request;
    const key = operationKey(service, api?.operation ?? "");
    const checked = rules.get(key) ?? [];
    const observing = observers.get(key) ?? [];
    if (!api || (checked.length === 0 && observing.length === 0)) return next(request);
    const scope = `${account} ${region} ${service}`;
    const turn = turns.get(scope) ?? pLimit(1);
    turns.set(scope, turn);
    const call = ruleCall(request, aws, roles);
    return turn(async () => {
      const refusal = await firstRefusal(checked, call, request);
      if (refusal) return refusal;
      const reply = await next(request);
      if (isSuccess(reply)) {
        const output = readOutput(api.model, api.operation, reply);
        for (const { observe } of observing) await observe(call, output);
      }
      return reply;
    });
  };
}

async function firstRefusal(rules: readonly Rule[], call: RuleCall, request: AwsRequest): Promise<Reply | undefined> {
  for (const { refuse, code, status } of rules) {
    const message = await refuse(call);
    if (message !== undefined) return errorReply(request, { code, message, status });
  }
  return undefined;
}

function ruleCall(request: AwsRequest, aws: Aws, roles: Roles): RuleCall {
  const { account, region, api } = request;
  return {
    account,
    region,
    caller: request.caller.arn,
    operation: api?.operation ?? "",
    receivedAt: performance.now(),
    input: api?.input ?? {},
    ask: (operation, input, service = request.service, inRegion = region) =>
      aws.ask({ account, region: inRegion }, service, operation, input),
    iam: rolesOfServices(account, roles),
  };
}

function rolesOfServices(account: string, roles: Roles): RolesOfServices {
  const named = (find: FindRole) => async (arn: string) => {
    const name = roleNameOf(arn);
    const role = name && (await find(name));
    return role?.arn === arn ? role : undefined;
  };
  return {
    role: named((name) => roles.inEffect(name)),
    futureRole: named((name) => roles.current(name)),
    profileInEffect: (name) => roles.profileInEffect({ account, name }),
  };
}
