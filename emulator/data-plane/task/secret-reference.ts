/**
 * The ARN or name of the secret in `valueFrom`, which a JSON key, a version stage and a version id may follow.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretId(valueFrom: string): string {
  return valueFrom.split(":").slice(0, 7).join(":");
}

/**
 * The name of the parameter in `valueFrom`, which is its name or its ARN.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export function parameterName(valueFrom: string): string {
  return /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(valueFrom)?.[1] ?? valueFrom;
}
