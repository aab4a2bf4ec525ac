import { isJsonObject, list, objects, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "secretsmanager";
const reference = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Rules of Secrets Manager on secrets that are scheduled for deletion, and on functions that rotate secrets. */
export function secretsManager(): RuleSet {
  return {
    rules: [
      {
        name: "secret-name-scheduled-for-deletion",
        service,
        operations: ["CreateSecret"],
        code: "InvalidRequestException",
        rule: "The name of a secret is taken until the end of its recovery window.",
        source: `${reference}/API_CreateSecret.html`,
        refuse: async (call) =>
          (await isScheduled(call, call.input.Name))
            ? "You can't create this secret because a secret with this name is already scheduled for deletion."
            : undefined,
      },
      {
        name: "secret-scheduled-for-deletion",
        service,
        operations: ["PutSecretValue", "PutResourcePolicy", "TagResource", "UntagResource"],
        code: "InvalidRequestException",
        rule: "A secret that is scheduled for deletion cannot be changed.",
        source: `${reference}/API_PutSecretValue.html`,
        refuse: async (call) =>
          (await isScheduled(call, call.input.SecretId))
            ? "You can't perform this operation on the secret because it was marked for deletion."
            : undefined,
      },
      {
        name: "rotation-without-function",
        service,
        operations: ["RotateSecret"],
        code: "InvalidRequestException",
        rule: "A secret that no other service manages is rotated by a function.",
        source: `${reference}/API_RotateSecret.html`,
        refuse: async ({ input, ask }) => {
          if (text(input.RotationLambdaARN) !== "" || text(input.ExternalSecretRotationRoleArn) !== "")
            return undefined;
          const secret = await ask("DescribeSecret", { SecretId: input.SecretId });
          // RDS rotates its secrets, such as rds!cluster-1.
          const isManaged = text(secret.OwningService) !== "" || text(secret.Name).includes("!");
          return secret.Name === undefined || isManaged || text(secret.RotationLambdaARN) !== ""
            ? undefined
            : "No Lambda rotation function ARN is associated with this secret.";
        },
      },
      {
        name: "rotation-function-not-invocable",
        service,
        operations: ["RotateSecret"],
        code: "AccessDeniedException",
        rule: "The policy of the function that rotates a secret lets Secrets Manager invoke it.",
        source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html",
        refuse: async (call) =>
          (await isInvocable(call, text(call.input.RotationLambdaARN)))
            ? undefined
            : "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
      },
    ],
  };
}

async function isScheduled({ ask }: RuleCall, id: RuleCall["input"][string]): Promise<boolean> {
  const { DeletedDate } = await ask("DescribeSecret", { SecretId: id });
  return DeletedDate != null;
}

/** A function of another account, which the rules cannot read, counts as invocable, as does one that does not exist. */
async function isInvocable({ account, region, ask }: RuleCall, functionArn: string): Promise<boolean> {
  if (!functionArn.includes(`:${region}:${account}:`)) return true;
  const { Configuration } = await ask("GetFunction", { FunctionName: functionArn }, "lambda");
  if (Configuration === undefined) return true;
  const { Policy } = await ask("GetPolicy", { FunctionName: functionArn }, "lambda");
  return objects(parseJson(text(Policy)).Statement).some(letsSecretsManagerInvoke);
}

function letsSecretsManagerInvoke({ Effect, Action, Principal }: JsonObject): boolean {
  const principals = isJsonObject(Principal) ? values(Principal.Service) : values(Principal);
  return (
    Effect === "Allow" &&
    values(Action).some((action) => ["lambda:invokefunction", "lambda:*", "*"].includes(text(action).toLowerCase())) &&
    principals.some((principal) => principal === "*" || principal === "secretsmanager.amazonaws.com")
  );
}

function values(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? list(value) : [value];
}
