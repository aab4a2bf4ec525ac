import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition, type EcsTaskDefinitionConfig } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../../schema";
import type { FileSystem } from "../../data/file-system";
import type { Grant } from "../../data/grant";
import { ServiceRole } from "../../identity/service-role";
import { encodedJson } from "../../json";
import { roleName, taskFamily } from "../../naming";
import type { ServiceImage } from "../service-image";
import {
  awslogs,
  type ContainerDefinition,
  type StageSecrets,
  filesVolume,
  oneOffContainer,
  secretLabels,
  serviceContainer,
  sidecarContainers,
  sidecarDependencies,
} from "./containers";
import { collectorEndpoint, TaskObservability } from "./observability";
import { executionStatements, taskStatements } from "./roles";

export interface TaskProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly image: ServiceImage;
  readonly logGroup: CloudwatchLogGroup;
  /** Environment variables that the stack adds to those of the stage file. */
  readonly variables: Readonly<Record<string, string>>;
  /** Grants of the data services that the service uses. */
  readonly grants: readonly Grant[];
  readonly stageSecret: StageSecrets;
  /** @default - none */
  readonly fileSystem: FileSystem | undefined;
  /** Log group of ECS Exec sessions. @default - ECS Exec is off */
  readonly sessionLogArn: string | undefined;
}

/** The task definition of a service, with its two roles. */
export class Task extends Construct {
  public readonly definition: EcsTaskDefinition;
  public readonly roles: { readonly execution: ServiceRole; readonly task: ServiceRole };
  /** What must exist before a task starts. */
  public readonly prerequisites: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskProps,
  ) {
    super(scope, id);
    const { stage, name, service, image, logGroup, grants, stageSecret, fileSystem, sessionLogArn } = props;
    const observability = new TaskObservability(this, "logs", { stage, name, service, logGroup });
    const role = (purpose: string) => ({
      name: roleName(stage, `${name}-${purpose}`),
      service: "ecs-tasks.amazonaws.com",
      sourceAccount: stage.accountId,
    });
    const { repositoryArns } = image;
    this.roles = {
      execution: new ServiceRole(this, "execution", {
        ...role("execution"),
        statements: executionStatements(service, { repositoryArns, logGroupArn: logGroup.arn, stageSecret }),
      }),
      task: new ServiceRole(this, "role", {
        ...role("task"),
        statements: taskStatements(service, grants, { ...observability.resources, sessionLogArn, files: fileSystem }),
      }),
    };
    this.prerequisites = [...this.roles.execution.policies, ...this.roles.task.policies];

    const sidecars = [
      ...sidecarContainers(service, { group: logGroup.name, region: stage.region }, stageSecret),
      ...observability.containers,
    ];
    const container = serviceContainer(service, {
      ...this.common,
      // Not for one-off tasks, which have no collector.
      variables: { ...props.variables, ...(service.telemetry && { OTEL_EXPORTER_OTLP_ENDPOINT: collectorEndpoint }) },
      name,
      logConfiguration: observability.configuration(name),
      dependsOn: sidecarDependencies(service),
      hasSidecars: sidecars.length > 0,
    });
    const settings = this.settings(name, [container, ...sidecars], observability.volumes);
    this.definition = new EcsTaskDefinition(this, "definition", settings);
  }

  /** The task definition of a one-off task: that of the service without its other containers. */
  public oneOff(scope: Construct, id: string, task: { readonly name: string; readonly command: readonly string[] }) {
    const { stage, name, service, logGroup } = this.props;
    const container = oneOffContainer(service, {
      ...this.common,
      name: task.name,
      logConfiguration: awslogs({ group: logGroup.name, region: stage.region }, task.name),
      dependsOn: [],
      hasSidecars: false,
    });
    const containers = [{ ...container, command: task.command }];
    return new EcsTaskDefinition(scope, id, this.settings(`${name}-${task.name}`, containers));
  }

  private get common() {
    const { image, variables, stageSecret, service, stage } = this.props;
    return { image: image.uri, variables, stageSecret, labels: secretLabels(service, stage.data) };
  }

  private settings(
    name: string,
    containers: readonly ContainerDefinition[],
    taskVolumes: readonly string[] = [],
  ): EcsTaskDefinitionConfig {
    const { stage, service, fileSystem } = this.props;
    const { size, architecture, ephemeralStorageGiB } = service;
    const volume = [
      ...(fileSystem === undefined ? [] : [fileSystem.volume(filesVolume)]),
      ...taskVolumes.map((volumeName) => ({ name: volumeName })),
    ];
    return {
      family: taskFamily(stage, name),
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(size.cpu),
      memory: String(size.memoryMiB),
      runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: "LINUX" },
      ...(ephemeralStorageGiB !== undefined && { ephemeralStorage: { sizeInGib: ephemeralStorageGiB } }),
      ...(volume.length > 0 && { volume }),
      executionRoleArn: this.roles.execution.arn,
      taskRoleArn: this.roles.task.arn,
      containerDefinitions: encodedJson(containers),
    };
  }
}
