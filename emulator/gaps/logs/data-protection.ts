import type { Handlers } from "../../proxy/gap";
import { jsonReply } from "../../wire/edit";
import { parseJson, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";

/** moto has no data protection of log groups; shown by `aws_cloudwatch_log_data_protection_policy`. */
export function dataProtection(): Handlers {
  const policies = new Memory<JsonObject>();
  return {
    PutDataProtectionPolicy: (request) => {
      const policy = { ...parseJson(request.body), lastUpdatedTime: Date.now() };
      policies.of(request).set(text(parseJson(request.body).logGroupIdentifier), policy);
      return jsonReply(policy);
    },
    GetDataProtectionPolicy: (request) => {
      const { logGroupIdentifier } = parseJson(request.body);
      return jsonReply(policies.of(request).get(text(logGroupIdentifier)) ?? { logGroupIdentifier });
    },
    DeleteDataProtectionPolicy: (request) => {
      policies.of(request).delete(text(parseJson(request.body).logGroupIdentifier));
      return jsonReply({});
    },
  };
}
