import type { Gap } from "../proxy/gap";
import { Store } from "../store";
import { object, objects, parseJson, text, type JsonValue } from "../wire/json";
import { editJson, isSuccess } from "../wire/reply";

// https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
const defaultPeriodInDays = 365;

/**
 * moto loses the rotation period, and describes AWS managed keys as customer managed; affects `rotation_period_in_days` of
 * `aws_kms_key`, and the inventory after an encrypted database.
 */
export function kms(): Gap {
  const periods = new Store<JsonValue>();
  return {
    service: "kms",
    handlers: {
      EnableKeyRotation: async (request, forward) => {
        const reply = await forward();
        const { KeyId, RotationPeriodInDays = defaultPeriodInDays } = parseJson(request.body);
        if (isSuccess(reply)) periods.of(request).set(text(KeyId), RotationPeriodInDays);
        return reply;
      },
      DescribeKey: async (_, forward) => {
        const reply = await forward();
        const KeyId = object(parseJson(reply.body).KeyMetadata).KeyId;
        const headers = { "x-amz-target": "TrentService.ListAliases" };
        const { Aliases } = parseJson((await forward({ headers, body: JSON.stringify({ KeyId }) })).body);
        if (!objects(Aliases).some(({ AliasName }) => text(AliasName).startsWith("alias/aws/"))) return reply;
        return editJson(reply, (body) => ({
          ...body,
          KeyMetadata: { ...object(body.KeyMetadata), KeyManager: "AWS" },
        }));
      },
      GetKeyRotationStatus: async (request, forward) => {
        const keyId = text(parseJson(request.body).KeyId);
        return editJson(await forward(), (body) =>
          body.KeyRotationEnabled === true
            ? { ...body, RotationPeriodInDays: periods.of(request).get(keyId) ?? defaultPeriodInDays }
            : body,
        );
      },
    },
  };
}
