import type { Gap } from "../proxy/gap";
import { editJson, isSuccess } from "../wire/edit";
import { parseJson, text, type JsonValue } from "../wire/json";
import { Memory } from "../wire/memory";

const defaultPeriodInDays = 365;

/** moto forgets the rotation period; shown by `rotation_period_in_days` of `aws_kms_key`. */
export function kms(): Gap {
  const periods = new Memory<JsonValue>();
  return {
    service: "kms",
    handlers: {
      EnableKeyRotation: async (request, forward) => {
        const reply = await forward();
        const { KeyId, RotationPeriodInDays = defaultPeriodInDays } = parseJson(request.body);
        if (isSuccess(reply)) periods.of(request).set(text(KeyId), RotationPeriodInDays);
        return reply;
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
