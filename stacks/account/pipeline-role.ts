import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { pipelinePath } from "./boundaries";
import { byPart } from "./parts";
import type { Statement } from "./statements";

export interface PipelineRoleProps {
  readonly name: string;
  /** @default "/pipeline/" */
  readonly path?: string;
  readonly description: string;
  readonly trust: DataAwsIamPolicyDocumentStatement;
  readonly boundaryArn: string;
  readonly statements: readonly Statement[];
}

/** A role that pipelines assume; what it may do is split into policies, as AWS limits the length of each. */
export class PipelineRole extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: PipelineRoleProps) {
    super(scope, id);
    const { name, path = pipelinePath, description, trust, boundaryArn, statements } = props;
    const role = new IamRole(this, "role", {
      name,
      path,
      description,
      assumeRolePolicy: new DataAwsIamPolicyDocument(this, "trust", { statement: [trust] }).json,
      permissionsBoundary: boundaryArn,
    });
    this.arn = role.arn;
    for (const [part, statement] of byPart(statements)) {
      const partScope = new Construct(this, part);
      const document = new DataAwsIamPolicyDocument(partScope, "permissions", { statement });
      const policy = new IamPolicy(partScope, "policy", {
        name: `${name}-${part}`,
        path: pipelinePath,
        policy: document.json,
      });
      new IamRolePolicyAttachment(partScope, "attachment", { role: role.name, policyArn: policy.arn });
    }
  }
}
