import type { Gap } from "../proxy/gap";
import { parseJson, text } from "../wire/json";

/**
 * moto makes a version without a value the current one when a secret is rotated, as it runs no function, and forgets the
 * function when a rotation names none; affects `aws_secretsmanager_secret_rotation`. On AWS the current version stays
 * until the function ends the rotation.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export function secretsManager(): Gap {
  return {
    service: "secretsmanager",
    handlers: {
      RotateSecret: async (request, forward) => {
        const sent = parseJson(request.body);
        const headers = { "x-amz-target": "secretsmanager.DescribeSecret" };
        const described = await forward({ headers, body: JSON.stringify({ SecretId: sent.SecretId }) });
        const { RotationLambdaARN } = parseJson(described.body);
        const known = text(RotationLambdaARN) === "" ? {} : { RotationLambdaARN };
        return forward({ body: JSON.stringify({ ...known, ...sent, RotateImmediately: false }) });
      },
    },
  };
}
