import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { ITerraformDependable } from "cdktf";
import type { Peer } from "../network/security-group";

export type Statement = DataAwsIamPolicyDocumentStatement;

/** Endpoint of a data service inside the VPC. */
export interface Endpoint {
  readonly to: Peer;
  readonly port: number;
  /** Part of the descriptions of the security group rules. */
  readonly reason: string;
}

/** What a data service grants to the tasks that use it. */
export interface Grant {
  /** Environment variables that locate the data service. */
  readonly environment: Readonly<Record<string, string>>;
  /** Permissions of the task role. */
  readonly statements: readonly Statement[];
  /** Endpoints inside the VPC. @default - an AWS API, reached like all AWS APIs */
  readonly endpoints?: readonly Endpoint[];
  /** What must answer before a task starts, such as the instances of a cluster. @default - none */
  readonly prerequisites?: readonly ITerraformDependable[];
}
