import { each, type PolicyStack } from "../rule";
import type { Block } from "../terraform/stack";
import type { Values } from "../terraform/values";

/** Data source of policy documents. */
export const documentType = "data.aws_iam_policy_document";

/** Checks each statement with the effect Allow on its own. */
export function eachAllowed(
  problemsOf: (statement: Values, document: Block, stack: PolicyStack) => string | false | readonly string[],
) {
  return each(documentType, (document, stack) =>
    document
      .blocks("statement")
      .filter((statement) => (statement.get("effect") ?? "Allow") === "Allow")
      .flatMap((statement) => problemsOf(statement, document, stack) || []),
  );
}

/** Whether a statement has a condition on one of the keys. */
export function conditionOn(statement: Values, ...keys: readonly string[]): boolean {
  const variables = statement.blocks("condition").map((condition) => condition.text("variable").toLowerCase());
  return keys.some((key) => variables.includes(key.toLowerCase()));
}

/** Identifiers of a statement's principals of a type, such as `Service`. */
export function principals(statement: Values, type: string): string[] {
  return statement
    .blocks("principals")
    .filter((principal) => principal.get("type") === type)
    .flatMap((principal) => principal.texts("identifiers"));
}

/** Whether the only principal of a statement is the root of the stack's own account. */
export function isOwnAccount(statement: Values, stack: PolicyStack): boolean {
  const [account = ""] = stack.provider.texts("allowed_account_ids");
  const types = statement.blocks("principals").map((principal) => principal.text("type"));
  const arns = principals(statement, "AWS");
  return types.join() === "AWS" && arns.length === 1 && arns.every((arn) => arn.endsWith(`:iam::${account}:root`));
}

/** Whether a policy of a resource denies requests without TLS. */
export function deniesPlainHttp(stack: PolicyStack, resource: Block, policyType: string): boolean {
  return stack
    .usersOf(resource, policyType)
    .flatMap((policy) => stack.targets(policy, "policy", documentType))
    .flatMap((document) => document.blocks("statement"))
    .some(
      (statement) =>
        statement.get("effect") === "Deny" &&
        statement
          .blocks("condition")
          .some(
            (condition) =>
              condition.get("variable") === "aws:SecureTransport" && condition.texts("values").includes("false"),
          ),
    );
}
