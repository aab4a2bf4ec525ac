import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Aspects } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";

export interface ServiceRoleProps {
  readonly name: string;
  /** Service that assumes the role, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /**
   * Account for which the service must act, against the confused deputy problem.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   * @default - not checked, for services that do not send it
   */
  readonly sourceAccount?: string;
  /** Permissions of the role. @default - none */
  readonly statements?: readonly DataAwsIamPolicyDocumentStatement[];
}

/** A role that an AWS service assumes to act for this stage. */
export class ServiceRole extends Construct {
  public readonly arn: string;
  public readonly name: string;
  /** For `dependsOn` of what needs the role's permissions. */
  public readonly policies: readonly IamRolePolicy[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { name, service, sourceAccount, statements = [] } = props;
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: [service] }],
          ...(sourceAccount !== undefined && {
            condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [sourceAccount] }],
          }),
        },
      ],
    });
    const role = new IamRole(this, "role", { name, assumeRolePolicy: trust.json });
    this.arn = role.arn;
    this.name = role.name;
    this.policies = statements.length === 0 ? [] : [this.policyOf(role, statements)];
  }

  private policyOf({ name }: IamRole, statements: readonly DataAwsIamPolicyDocumentStatement[]): IamRolePolicy {
    const document = new DataAwsIamPolicyDocument(this, "permissions", { statement: [...statements] });
    return new IamRolePolicy(this, "policy", { role: name, name: "permissions", policy: document.json });
  }
}

/** Sets the stage's permissions boundary, if it has one, on every role below `scope`. */
export function applyPermissionsBoundary(
  scope: Construct,
  { permissionsBoundaryArn }: Pick<StageConfig, "permissionsBoundaryArn">,
) {
  if (permissionsBoundaryArn === undefined) return;
  Aspects.of(scope).add({
    visit: (node) => {
      if (node instanceof IamRole) node.permissionsBoundary = permissionsBoundaryArn;
    },
  });
}
