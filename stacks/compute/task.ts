import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../config";
import { ServiceRole } from "../identity/service-role";
import { encodedJson } from "../json";
import { logGroupName, roleName, taskFamily } from "../naming";
import { containerDefinition } from "./container-definition";
import type { Repository } from "./repository";

export interface TaskProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly repository: Repository;
  readonly image: string;
  /** Time after which the load balancer closes an idle connection, in seconds. */
  readonly idleTimeoutSeconds: number;
}

/** The task definition of a service, with its log group and its two roles. */
export class Task extends Construct {
  public readonly definition: EcsTaskDefinition;
  public readonly logGroupName: string;
  /** What must exist before a task starts. */
  public readonly prerequisites: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TaskProps) {
    super(scope, id);
    const { stage, name, service, repository, image, idleTimeoutSeconds } = props;
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName(stage, name),
      retentionInDays: service.logRetentionDays,
    });
    const role = (purpose: string) => ({
      name: roleName(stage, `${name}-${purpose}`),
      service: "ecs-tasks.amazonaws.com",
      sourceAccount: stage.accountId,
    });
    const executionRole = new ServiceRole(this, "execution-role", {
      ...role("execution"),
      statements: [
        // The one action of ECR that knows no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
        { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          resources: [repository.arn],
        },
        { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup.arn}:*`] },
      ],
    });
    const taskRole = new ServiceRole(this, "task-role", role("task"));

    const container = containerDefinition(service, {
      name,
      image,
      logGroup: logGroup.name,
      region: stage.region,
      idleTimeoutSeconds,
    });
    this.definition = new EcsTaskDefinition(this, "definition", {
      family: taskFamily(stage, name),
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(service.size.cpu),
      memory: String(service.size.memoryMiB),
      runtimePlatform: { cpuArchitecture: service.architecture, operatingSystemFamily: "LINUX" },
      executionRoleArn: executionRole.arn,
      taskRoleArn: taskRole.arn,
      containerDefinitions: encodedJson([container]),
    });
    this.logGroupName = logGroup.name;
    this.prerequisites = executionRole.policies;
  }
}
