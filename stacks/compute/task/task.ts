import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition, type EcsTaskDefinitionConfig } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../../schema";
import type { Grant } from "../../data/grant";
import type { FileSystem } from "../../data/file-system";
import { ServiceRole } from "../../identity/service-role";
import { encodedJson } from "../../json";
import { roleName, taskFamily } from "../../naming";
import { collectorEndpoint } from "../containers/collector";
import type { ContainerDefinition } from "../containers/container-definition";
import { awslogs, type StageSecrets } from "../containers/parts";
import { secretLabels } from "../containers/secret-labels";
import { filesVolume, oneOffContainer, serviceContainer } from "../containers/service-container";
import { sidecarContainers, sidecarsWaitedFor } from "../containers/sidecars";
import type { ServiceImage } from "../service-image";
import { executionStatements } from "./execution-role";
import { TaskLogs } from "./task-logs";
import { taskStatements } from "./task-role";

export interface TaskProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly image: ServiceImage;
  readonly logGroup: CloudwatchLogGroup;
  /** Variables that the stack sets. */
  readonly settings: Readonly<Record<string, string>>;
  /** What the service's stores give it. */
  readonly grants: readonly Grant[];
  readonly stageSecret: StageSecrets;
  /** @default - none */
  readonly fileSystem: FileSystem | undefined;
  /** Log group of sessions. @default - the service cannot be entered */
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
    const logs = new TaskLogs(this, "logs", { stage, name, service, logGroup });
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
        statements: taskStatements(service, grants, { ...logs.places, sessionLogArn, files: fileSystem }),
      }),
    };
    this.prerequisites = [...this.roles.execution.policies, ...this.roles.task.policies];

    const sidecars = [
      ...sidecarContainers(service, { group: logGroup.name, region: stage.region }, stageSecret),
      ...logs.containers,
    ];
    const container = serviceContainer(service, {
      ...this.place,
      // A program that runs once has no collector beside it.
      settings: { ...props.settings, ...(service.telemetry && { OTEL_EXPORTER_OTLP_ENDPOINT: collectorEndpoint }) },
      name,
      logConfiguration: logs.configuration(name),
      dependsOn: sidecarsWaitedFor(service),
      accompanied: sidecars.length > 0,
    });
    const settings = this.settings(name, [container, ...sidecars], logs.volumes);
    this.definition = new EcsTaskDefinition(this, "definition", settings);
  }

  /** The definition of a program that runs once, with all that the service has but its company. */
  public oneOff(scope: Construct, id: string, task: { readonly name: string; readonly command: readonly string[] }) {
    const { stage, name, service, logGroup } = this.props;
    const container = oneOffContainer(service, {
      ...this.place,
      name: task.name,
      logConfiguration: awslogs({ group: logGroup.name, region: stage.region }, task.name),
      dependsOn: [],
      accompanied: false,
    });
    const containers = [{ ...container, command: task.command }];
    return new EcsTaskDefinition(scope, id, this.settings(`${name}-${task.name}`, containers));
  }

  private get place() {
    const { image, settings, stageSecret, service, stage } = this.props;
    return { image: image.uri, settings, stageSecret, labels: secretLabels(service, stage.data) };
  }

  private settings(
    name: string,
    containers: readonly ContainerDefinition[],
    disks: readonly string[] = [],
  ): EcsTaskDefinitionConfig {
    const { stage, service, fileSystem } = this.props;
    const { size, architecture, ephemeralStorageGiB } = service;
    const volume = [
      ...(fileSystem === undefined ? [] : [fileSystem.volume(filesVolume)]),
      ...disks.map((disk) => ({ name: disk })),
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
