import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { refsOf, stackName, type AccountConfig, type StageConfig } from "../../schema";
import { partitionOf } from "../../schema/regions";
import type { TypedStage } from "./types-of";
import type { ArnScope } from "../arn";
import { pipelineRoleName, roleName, stateKey, terraformName } from "../naming";
import { addOutput } from "../readable-stack";
import { deployCommands, planCommands } from "./actions/commands";
import { pipelinePath, type Boundaries } from "./boundaries";
import type { Gitlab } from "./gitlab";
import { deploying, roleStatements, serviceOf, statementsFor, type Statement } from "./statements";

export interface PipelineRolesProps {
  readonly account: AccountConfig;
  readonly gitlab: Gitlab;
  readonly boundaries: Boundaries;
  readonly served: readonly TypedStage[];
}

const deployActions = Object.values(deployCommands).flat();

/** One role for plans, and one role for each stage that deploys it. */
export class PipelineRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineRolesProps,
  ) {
    super(scope, id);
    const { account, gitlab } = props;
    this.role("plan", "plan_role", {
      name: pipelineRoleName(account, "plan"),
      description: `Reads what plans of ${account.app} read, for jobs on any branch`,
      trust: gitlab.trustIn({ branches: ["*"], tags: [] }),
      statements: this.planning(),
    });
    for (const { stage, types } of props.served) {
      const arnScope = this.arnScope(stage);
      this.role(stackName(stage), terraformName("deploy_role", stackName(stage)), {
        name: roleName(stage, "deploy"),
        description: `Deploys ${stackName(stage)}`,
        trust: gitlab.trustIn(refsOf(this.props.account, stage.environment)),
        statements: [
          ...statementsFor(types, arnScope, [stage.region], deploying, deployActions),
          ...roleStatements(types, arnScope, deployActions),
          ...writeState(arnScope, stage),
        ],
      });
    }
    this.alias();
  }

  private alias(): void {
    const { account, served } = this.props;
    const { aliasRole, app } = account;
    if (aliasRole === undefined) return;
    const arnScope = this.arnScope({ stage: "*", region: "*" });
    this.role("alias", "alias_role", {
      name: aliasRole.name,
      path: "/",
      description: `Deploys every stage of ${app}`,
      trust: { actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: aliasRole.trustedRoleArns }] },
      statements: [
        ...statementsFor(this.types(), arnScope, this.regions(), deploying, deployActions),
        ...roleStatements(this.types(), arnScope, deployActions),
        ...merged(served.flatMap(({ stage }) => writeState(arnScope, stage))),
      ],
    });
  }

  private planning(): Statement[] {
    const arnScope = this.arnScope({ stage: "*", region: "*" });
    const buckets = this.props.served.flatMap(({ stage: { state } }) => (state.backend === "s3" ? state.bucket : []));
    return [
      ...statementsFor(this.types(), arnScope, this.regions(), ["read"], Object.values(planCommands).flat()),
      ...[...new Set(buckets)].flatMap((bucket) => readState(arnScope, bucket)),
    ];
  }

  private role(id: string, output: string, props: Omit<PipelineRoleProps, "boundaryArn">): void {
    const { arn } = new PipelineRole(this, id, { ...props, boundaryArn: this.props.boundaries.pipelineArn });
    addOutput(this, output, { value: arn, description: props.description });
  }

  private arnScope(where: { readonly stage: string; readonly region: string }): ArnScope {
    const { app, accountId, region } = this.props.account;
    return { app, accountId, partition: partitionOf(region), stage: where.stage, region: where.region };
  }

  private types(): string[] {
    return [...new Set(this.props.served.flatMap(({ types }) => types))].sort();
  }

  private regions(): string[] {
    return [...new Set(this.props.served.map(({ stage: { region } }) => region))].sort();
  }
}

/** Services by policy: IAM limits the length of a policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const policies: Readonly<Record<string, readonly string[]>> = {
  network: ["ec2", "route53", "acm"],
  compute: ["ecs", "ecr", "application-autoscaling", "scheduler", "servicediscovery"],
  ingress: ["elasticloadbalancing", "apigateway"],
  callers: ["wafv2", "cognito-idp"],
  data: ["s3", "sqs", "dynamodb", "elasticfilesystem"],
  databases: ["rds"],
  secrets: ["elasticache", "secretsmanager", "kms"],
  backups: ["backup", "backup-storage"],
  monitoring: ["iam", "logs", "cloudwatch", "ssm"],
  notifications: ["sns", "events", "budgets"],
};

/** Groups statements by policy. Every statement must contain actions of one service only. */
export function byPolicy(statements: readonly Statement[]): [policy: string, statements: Statement[]][] {
  const byName = new Map<string, Statement[]>();
  for (const statement of statements) {
    const service = serviceOf(statement.actions[0] ?? "");
    const policy = Object.keys(policies).find((name) => policies[name]?.includes(service));
    if (policy === undefined) {
      throw new Error(`${service} has no policy; add it to a policy in stacks/account/pipeline-roles.ts`);
    }
    byName.set(policy, [...(byName.get(policy) ?? []), statement]);
  }
  return [...byName];
}

/** Removes duplicate statements. */
function merged(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

interface PipelineRoleProps {
  readonly name: string;
  /** @default "/pipeline/" */
  readonly path?: string;
  readonly description: string;
  readonly trust: DataAwsIamPolicyDocumentStatement;
  readonly boundaryArn: string;
  readonly statements: readonly Statement[];
}

/** A role that pipelines assume. Its permissions are split into several policies, as IAM limits the length of one. */
class PipelineRole extends Construct {
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
    for (const [policyName, statement] of byPolicy(statements)) {
      const policyScope = new Construct(this, policyName);
      const document = new DataAwsIamPolicyDocument(policyScope, "permissions", { statement });
      const policy = new IamPolicy(policyScope, "policy", {
        name: `${name}-${policyName}`,
        path: pipelinePath,
        policy: document.json,
      });
      new IamRolePolicyAttachment(policyScope, "attachment", { role: role.name, policyArn: policy.arn });
    }
  }
}

/** Allows what `terraform plan -lock=false` needs of the state. */
function readState(arnScope: ArnScope, bucket: string): Statement[] {
  const arn = `arn:${arnScope.partition}:s3:::${bucket}`;
  return [
    { actions: ["s3:ListBucket"], resources: [arn] },
    { actions: ["s3:GetObject"], resources: [`${arn}/${stateKey(arnScope)}`] },
  ];
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions */
function writeState(arnScope: ArnScope, { state }: Pick<StageConfig, "state">): Statement[] {
  if (state.backend !== "s3") return [];
  const object = `arn:${arnScope.partition}:s3:::${state.bucket}/${stateKey(arnScope)}`;
  return [
    ...readState(arnScope, state.bucket),
    { actions: ["s3:PutObject"], resources: [object] },
    { actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: [`${object}.tflock`] },
  ];
}
