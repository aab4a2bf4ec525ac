import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";

export type Statement = DataAwsIamPolicyDocumentStatement;

/** What a store gives to the tasks that use it. */
export interface Grant {
  /** Variables that say where the store is. */
  readonly environment: Readonly<Record<string, string>>;
  /** The narrow permission. */
  readonly statements: readonly Statement[];
}
