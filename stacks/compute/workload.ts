import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { dependable, type ITerraformDependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../schema";
import type { DataServices } from "../data/data-services";
import { FileSystem, nfsPort } from "../data/file-system";
import type { Grant } from "../data/grant";
import type { Discovery } from "../discovery/discovery";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import { logGroupName, terraformName } from "../naming";
import type { Network } from "../network/network";
import { Connection, SecurityGroup, type Peer } from "../network/security-group";
import { addOutput } from "../readable-stack";
import type { Cluster } from "./cluster";
import { Repository, ServiceImage } from "./service-image";
import { Task } from "./task/task";

export interface WorkloadProps<Config extends ServiceConfig = ServiceConfig> {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: Config;
  readonly network: Network;
  readonly dataServices: DataServices;
  readonly cluster: Cluster;
  readonly discovery: Discovery;
  /** Image of the service named in `sharesImageOf`. @default - an image of its own */
  readonly sharedImage?: ServiceImage | undefined;
}

/** What a kind of service adds to its task. */
export interface KindSettings {
  /** Environment variables of this kind only. @default {} */
  readonly variables?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly grants?: readonly Grant[];
}

/** What every kind of service consists of: an image, a task definition, a log group and a security group. */
export abstract class Workload extends Construct {
  public readonly image: ServiceImage;
  protected readonly logGroup: CloudwatchLogGroup;
  protected readonly task: Task;
  protected readonly securityGroup: SecurityGroup;
  /** @default - the service has no file system */
  public readonly fileSystem: FileSystem | undefined;
  /** For `dependsOn` of what starts tasks: the network, permissions, mount targets, security group rules and databases that answer. */
  protected readonly prerequisites: readonly ITerraformDependable[];

  protected constructor(scope: Construct, id: string, props: WorkloadProps, kind: KindSettings = {}) {
    super(scope, id);
    const { stage, name, service, network, dataServices, cluster, discovery } = props;
    this.image = props.sharedImage ?? this.ownImage(props);
    this.fileSystem =
      service.fileSystem && new FileSystem(this, "file-system", { stage, name, user: service.user, network });
    const grants = [...service.uses.map((use) => dataServices.grant(use)), ...(kind.grants ?? [])];
    this.logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName(stage, name),
      retentionInDays: service.logRetentionDays,
    });
    this.task = new Task(this, "task", {
      stage,
      name,
      service,
      image: this.image,
      logGroup: this.logGroup,
      variables: {
        STOP_TIMEOUT_SECONDS: String(service.stopTimeoutSeconds),
        ...Object.fromEntries(grants.flatMap(({ environment }) => Object.entries(environment))),
        ...discovery.urlsOf(service.calls),
        ...kind.variables,
      },
      grants,
      stageSecret: (secret) => dataServices.secret(secret),
      fileSystem: this.fileSystem,
      sessionLogArn: service.kind !== "job" && service.enableExecuteCommand ? cluster.sessionLog?.arn : undefined,
    });
    this.securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId: network.vpcId, role: name });
    const egress = this.allowEgress(props, this.fileSystem, grants);
    this.prerequisites = [
      cluster.capacity,
      ...network.taskPrerequisites,
      ...this.task.prerequisites,
      ...(this.fileSystem?.mountTargets ?? []),
      ...egress,
      ...grants.flatMap(({ prerequisites = [] }) => prerequisites),
    ];
    this.output(name, "log_group", this.logGroup.name, "Log group");
  }

  /** What starts the tasks of the service. */
  protected abstract readonly starter: TerraformResource;

  /** Makes what starts the tasks wait for more than it was created with. */
  public waitFor(prerequisites: readonly ITerraformDependable[]): void {
    this.starter.dependsOn = [...(this.starter.dependsOn ?? []), ...prerequisites.map(dependable)];
  }

  /** Makes what starts the tasks wait for what starts those of another service. */
  public startAfter({ starter }: Workload): void {
    this.waitFor([starter]);
  }

  /** Monitoring target of the service. */
  public abstract readonly monitoringTargets: ServiceMonitoringTarget;

  /** Log group of the service. @returns undefined when the logs go to S3 */
  protected logGroupOf({ logs }: ServiceConfig): string | undefined {
    return logs.driver === "firelens" && logs.destination === "s3" ? undefined : this.logGroup.name;
  }

  /** The service's tasks as one end of a connection. */
  public get peer(): Peer {
    return this.securityGroup.peer;
  }

  /** Subnets and security groups of the service's tasks. */
  protected networkConfiguration({ taskSubnets, assignPublicIp }: Network) {
    return { subnets: taskSubnets.subnetIds, securityGroups: [this.securityGroup.id], assignPublicIp };
  }

  /** An output of the service: `<service>_<what>`. */
  protected output(name: string, what: string, value: string, description: string): void {
    addOutput(this, terraformName(name, what), { value, description: `${description} of service ${name}` });
  }

  private ownImage({ stage, name, service }: WorkloadProps): ServiceImage {
    const repository = new Repository(this, "repository", { stage, service: name });
    return new ServiceImage(this, "image", { name, service, repository });
  }

  private allowEgress(
    { service, network }: WorkloadProps,
    fileSystem: FileSystem | undefined,
    grants: readonly Grant[],
  ): ITerraformDependable[] {
    const from = this.securityGroup.peer;
    const table = service.uses.some((use) => use.startsWith("table:")) ? network.tables : undefined;
    const connections = [
      ...network.taskEgress.map((to) => ({ to, port: 443, reason: "images, logs, AWS APIs" })),
      ...(table === undefined ? [] : [{ to: table, port: 443, reason: "tables of the stage" }]),
      ...(fileSystem === undefined ? [] : [{ to: fileSystem.peer, port: nfsPort, reason: "files of the service" }]),
      ...grants.flatMap(({ endpoints = [] }) => endpoints),
    ];
    return connections.flatMap(
      (connection) => new Connection(this, `to-${connection.to.name}`, { from, ...connection }).rules,
    );
  }
}
