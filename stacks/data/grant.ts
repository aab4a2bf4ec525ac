import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Peer } from "../network/security-group";

export type Statement = DataAwsIamPolicyDocumentStatement;

/** Where a store is reached inside the VPC. */
export interface Endpoint {
  readonly to: Peer;
  readonly port: number;
  /** Why one goes there; stands in the rules' descriptions. */
  readonly reason: string;
}

/** What a store gives to the tasks that use it. */
export interface Grant {
  /** Variables that say where the store is. */
  readonly environment: Readonly<Record<string, string>>;
  /** The narrow permission. */
  readonly statements: readonly Statement[];
  /** The ways to it inside the VPC. @default - it is reached as other AWS services are */
  readonly endpoints?: readonly Endpoint[];
}
