import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../schema";
import { FileSystem, nfsPort } from "../data/file-system";
import type { Grant } from "../data/grant";
import type { DataServices } from "../data/data-services";
import type { Discovery } from "../discovery/discovery";
import { logGroupName, terraformName } from "../naming";
import type { Network } from "../network/network";
import { Connection, SecurityGroup, type Peer } from "../network/security-group";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import { addOutput } from "../readable-stack";
import type { Cluster } from "./cluster";
import { Repository } from "./repository";
import { ServiceImage } from "./service-image";
import { Task } from "./task/task";

export interface WorkloadProps<Config extends ServiceConfig = ServiceConfig> {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: Config;
  readonly network: Network;
  readonly dataServices: DataServices;
  readonly cluster: Cluster;
  readonly discovery: Discovery;
  /** The image of the service that it shares one with. @default - an image of its own */
  readonly sharedImage?: ServiceImage | undefined;
}

/** What a kind of service adds to its task. */
export interface KindSettings {
  /** Variables that only this kind is told. @default {} */
  readonly settings?: Readonly<Record<string, string>>;
  /** @default [] */
  readonly grants?: readonly Grant[];
}

/** What every service is made of, whatever starts its tasks: an image, a task definition, and a security group. */
export abstract class Workload extends Construct {
  public readonly image: ServiceImage;
  protected readonly logGroup: CloudwatchLogGroup;
  protected readonly task: Task;
  protected readonly securityGroup: SecurityGroup;
  /** Its file system. @default - it has none */
  public readonly fileSystem: FileSystem | undefined;
  /** What must exist before a task starts: permissions, files, and the ways out. */
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
      settings: {
        STOP_TIMEOUT_SECONDS: String(service.stopTimeoutSeconds),
        ...Object.fromEntries(grants.flatMap(({ environment }) => Object.entries(environment))),
        ...discovery.urlsOf(service.calls),
        ...kind.settings,
      },
      grants,
      stageSecret: (secret) => dataServices.secret(secret),
      fileSystem: this.fileSystem,
      sessionLogArn: service.kind !== "job" && service.enableExecuteCommand ? cluster.sessionLog?.arn : undefined,
    });
    this.securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId: network.vpcId, role: name });
    const egress = this.openEgress(props, this.fileSystem, grants);
    this.prerequisites = [
      cluster.capacity,
      ...this.task.prerequisites,
      ...(this.fileSystem?.mountTargets ?? []),
      ...egress,
    ];
    this.output(name, "log_group", this.logGroup.name, "Log group");
  }

  /** What the service offers to be watched. */
  public abstract readonly monitoringTargets: ServiceMonitoringTarget;

  /** Its lines, where a query finds them. */
  protected logGroupOf({ logs }: ServiceConfig): string | undefined {
    return logs.driver === "firelens" && logs.destination === "s3" ? undefined : this.logGroup.name;
  }

  /** The service's tasks, as one end of a flow. */
  public get peer(): Peer {
    return this.securityGroup.peer;
  }

  /** Where the service's tasks stand. */
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

  private openEgress(
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
