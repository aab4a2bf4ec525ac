import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { ConfigError, stageFile, type AccountConfig, type StageConfig } from "../../schema";
import { partitionOf } from "../../schema/regions";
import { iamArn, type ArnScope } from "../arn";
import { pipelineRoleName } from "../naming";

/** Actions reserved for administrators of the account. */
const administration = ["account:*", "organizations:*"];

/** IAM path of the roles and policies of pipelines, which deploy roles cannot change: roles of stages have the path "/". */
export const pipelinePath = "/pipeline/";

/** The permissions boundaries of the roles of pipelines and of the roles that they create. */
export class Boundaries extends Construct {
  public readonly pipelineArn: string;

  constructor(scope: Construct, id: string, account: AccountConfig) {
    super(scope, id);
    const limit = (role: string, statement: DataAwsIamPolicyDocumentStatement[]) =>
      new IamPolicy(this, role, {
        name: pipelineRoleName(account, `${role}-boundary`),
        path: pipelinePath,
        policy: new DataAwsIamPolicyDocument(this, `${role}-limits`, { statement }).json,
      }).arn;
    limit("workload", workloadLimits(account));
    this.pipelineArn = limit("pipeline", pipelineLimits(account));
  }
}

/**
 * Requires each stage of an account to name its workload boundary: a deploy role can create roles with this boundary only.
 *
 * @throws ConfigError that lists every stage without it
 */
export function requireWorkloadBoundary(account: AccountConfig, stages: readonly StageConfig[]): void {
  const boundary = workloadBoundaryArn(account);
  const problems = stages
    .filter(({ permissionsBoundaryArn }) => permissionsBoundaryArn !== boundary)
    .map((stage) => ({
      file: stageFile(stage),
      field: "permissionsBoundaryArn",
      value: stage.permissionsBoundaryArn,
      message: `must be the boundary with which the deploy role may create roles; write "${boundary}"`,
    }));
  if (problems.length > 0) throw new ConfigError(problems);
}

function workloadBoundaryArn(account: AccountConfig): string {
  const { region, accountId } = account;
  const name = pipelineRoleName(account, "workload-boundary");
  return iamArn({ partition: partitionOf(region), accountId }, `policy${pipelinePath}${name}`);
}

/** Allows workloads what their roles allow, except IAM, assuming roles, and access to Terraform's state. */
function workloadLimits({ app, accountId, stateBucket, region }: AccountConfig): DataAwsIamPolicyDocumentStatement[] {
  const partition = partitionOf(region);
  const bucket = `arn:${partition}:s3:::${stateBucket}`;
  return [
    { sid: "Services", notActions: [...administration, "iam:*", "sts:AssumeRole"], resources: ["*"] },
    {
      // EventBridge Scheduler passes the roles of the task that it starts.
      sid: "TaskRoles",
      actions: ["iam:PassRole"],
      resources: [iamArn({ partition, accountId }, `role/${app}-*`)],
      condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] }],
    },
    { sid: "NoState", effect: "Deny", actions: ["s3:*"], resources: [bucket, `${bucket}/*`] },
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate */
function pipelineLimits(account: AccountConfig): DataAwsIamPolicyDocumentStatement[] {
  const { region, accountId, stateBucket } = account;
  const arnScope: Pick<ArnScope, "partition" | "accountId"> = { partition: partitionOf(region), accountId };
  const bucket = `arn:${arnScope.partition}:s3:::${stateBucket}`;
  return [
    { sid: "Services", notActions: [...administration, "sts:AssumeRole"], resources: ["*"] },
    {
      sid: "NoRoleWithoutBoundary",
      effect: "Deny",
      actions: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
      ],
      resources: ["*"],
      condition: [
        { test: "StringNotEquals", variable: "iam:PermissionsBoundary", values: [workloadBoundaryArn(account)] },
      ],
    },
    {
      sid: "NoTouchOfPipelines",
      effect: "Deny",
      notActions: ["iam:Get*", "iam:List*"],
      resources: [
        ...["policy", "role"].map((kind) => iamArn(arnScope, `${kind}${pipelinePath}*`)),
        iamArn(arnScope, "oidc-provider/*"),
      ],
    },
    {
      sid: "NoLossOfState",
      effect: "Deny",
      actions: ["s3:DeleteObject"],
      resources: [`${bucket}/*.tfstate`],
    },
    {
      sid: "NoChangeOfStateBucket",
      effect: "Deny",
      actions: ["s3:DeleteBucket*", "s3:DeleteObjectVersion", "s3:PutBucket*", "s3:PutLifecycleConfiguration"],
      resources: [bucket, `${bucket}/*`],
    },
  ];
}
