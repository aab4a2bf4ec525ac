import type { RuleCall, RuleSet } from "./rule";

const service = "secretsmanager";
const reference = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Rules of Secrets Manager on secrets that are scheduled for deletion. */
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
    ],
  };
}

async function isScheduled({ ask }: RuleCall, id: RuleCall["input"][string]): Promise<boolean> {
  const { DeletedDate } = await ask("DescribeSecret", { SecretId: id });
  return DeletedDate != null;
}
