import { errorReply } from "../proxy/error-reply";
import { byOperation, operationKey, type Layer } from "../proxy/layer";
import { documentChecks } from ".";
import { reservedTag } from "./reserved-tags";

const checks = byOperation(documentChecks);

/** Refuses what AWS's services check inside a request beyond their API models. */
export function documentLayer(): Layer {
  return (request, next) => {
    const { api, service } = request;
    const reserved = api && reservedTag(service, api.operation, api.input);
    if (reserved) return Promise.resolve(errorReply(request, reserved));
    for (const { check } of api ? (checks.get(operationKey(service, api.operation)) ?? []) : []) {
      const refusal = check(api?.input ?? {});
      if (refusal) return Promise.resolve(errorReply(request, refusal));
    }
    return next(request);
  };
}
