import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { webServices, type ServiceConfig, type StageConfig } from "../../schema";
import type { BackupResource } from "../data/backups";
import type { DataServices } from "../data/data-services";
import type { Discovery } from "../discovery/discovery";
import type { ServiceTargets } from "../ingress/service-target";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import type { Network } from "../network/network";
import { Connection } from "../network/security-group";
import type { Cluster } from "./cluster";
import { FargateService } from "./fargate-service";
import { ScheduledJob } from "./scheduled-job";
import type { Workload, WorkloadProps } from "./workload";

export interface ServicesProps {
  readonly stage: StageConfig;
  readonly network: Network;
  readonly dataServices: DataServices;
  readonly cluster: Cluster;
  readonly discovery: Discovery;
  /** Targets of the ingress, by service. */
  readonly targets: ServiceTargets;
}

/** The services of a stage, and the connections between them. */
export class Services extends Construct {
  public readonly monitoringTargets: readonly ServiceMonitoringTarget[];
  /** The ECS services behind the ingress, for `dependsOn` of what leads callers to them. */
  public readonly webServices: readonly ITerraformDependable[];
  /** File systems that AWS Backup can back up. */
  public readonly backupResources: readonly BackupResource[];

  constructor(scope: Construct, id: string, props: ServicesProps) {
    super(scope, id);
    const { targets, ...common } = props;
    const { services } = props.stage;
    const running = new Map<string, Workload>();
    for (const [name, service] of ownersFirst(services)) {
      const sharedImage = service.sharesImageOf && running.get(service.sharesImageOf)?.image;
      running.set(name, this.run({ ...common, name, service, ...(sharedImage && { sharedImage }) }, targets));
    }
    this.webServices = [...running.values()].flatMap((each) => (each instanceof FargateService ? each.webService : []));
    this.monitoringTargets = [...running.values()].map(({ monitoringTargets }) => monitoringTargets);
    this.backupResources = [...running.values()].flatMap(({ fileSystem }) => fileSystem?.backupResource ?? []);
    const ports = new Map(webServices(props.stage).map(([name, { port }]) => [name, port]));
    for (const [name, { calls }] of Object.entries(services)) {
      for (const called of calls) {
        this.allowCall(props.stage, called, ports.get(called), running.get(name), running.get(called));
      }
    }
  }

  private run(props: WorkloadProps, targets: ServiceTargets): Workload {
    const { name, service } = props;
    if (service.kind === "job") return new ScheduledJob(this, name, { ...props, service });
    const target = targets.find(({ name: targetName }) => targetName === name)?.target;
    return new FargateService(this, name, { ...props, service, target });
  }

  private allowCall(
    { discovery }: StageConfig,
    name: string,
    port: number | undefined,
    caller: Workload | undefined,
    called: Workload | undefined,
  ): void {
    if (port === undefined || caller === undefined || called === undefined) return;
    const { rules } = new Connection(caller, `calls-${name}`, {
      from: caller.peer,
      to: called.peer,
      port,
      reason: "requests of a service",
    });
    // Both, so that the rules of an old port exist until neither calls nor answers on it.
    caller.waitFor(rules);
    called.waitFor(rules);
    // A task resolves only the services that existed when it started.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
    if (discovery === "service-connect") caller.startAfter(called);
  }
}

/** Sorts services that share the image of another after that one. */
function ownersFirst(services: Readonly<Record<string, ServiceConfig>>) {
  return Object.entries(services).toSorted(
    ([, one], [, other]) => Number(one.sharesImageOf !== undefined) - Number(other.sharesImageOf !== undefined),
  );
}
