import type { Gap } from "../proxy/gap";
import { parseJson } from "../wire/json";

/**
 * moto makes a version without a value the current one when a secret is rotated, as it runs no function; affects
 * `aws_secretsmanager_secret_rotation`. On AWS the current version stays until the function ends the rotation.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export function secretsManager(): Gap {
  return {
    service: "secretsmanager",
    handlers: {
      RotateSecret: (request, forward) =>
        forward({ body: JSON.stringify({ ...parseJson(request.body), RotateImmediately: false }) }),
    },
  };
}
