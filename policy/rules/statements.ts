import type { Block, ReadStack } from "../read-stack";
import { each } from "../rule";
import type { Values } from "../values";

/** Data source in which policies are written, so that they can be read. */
export const documentType = "data.aws_iam_policy_document";

/** Checks each statement of each policy document that allows something. */
export function inAllowed(
  faults: (statement: Values, document: Block, stack: ReadStack) => string | false | readonly string[],
) {
  return each(documentType, (document, stack) =>
    document
      .blocks("statement")
      .filter((statement) => (statement.get("effect") ?? "Allow") === "Allow")
      .flatMap((statement) => faults(statement, document, stack) || []),
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

/** Whether a statement speaks to the stack's own account as a whole, and to nobody else. */
export function isOwnAccount(statement: Values, stack: ReadStack): boolean {
  const [account = ""] = stack.provider.texts("allowed_account_ids");
  const kinds = statement.blocks("principals").map((principal) => principal.text("type"));
  const named = principals(statement, "AWS");
  return kinds.join() === "AWS" && named.length === 1 && named.every((arn) => arn.endsWith(`:iam::${account}:root`));
}

/** Whether the policies of a resource deny what does not come by TLS. */
export function deniesPlainText(stack: ReadStack, resource: Block, policyType: string): boolean {
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
