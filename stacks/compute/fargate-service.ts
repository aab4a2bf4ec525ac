import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WebConfig, WorkerConfig } from "../../schema";
import { ServiceRegistration } from "../discovery/discovery";
import type { ServiceTarget } from "../ingress/service-target";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import { serviceName, terraformName } from "../naming";
import { Connection, peerId } from "../network/security-group";
import { addOutput } from "../readable-stack";
import { Autoscaling } from "./autoscaling";
import { capacityStrategy } from "./cluster";
import { ServiceDeployment } from "./deployment";
import { Workload, type KindSettings, type WorkloadProps } from "./workload";

export interface FargateServiceProps extends WorkloadProps<WebConfig | WorkerConfig> {
  /** Target of a load balancer. @default - the service receives no requests from a load balancer */
  readonly target?: ServiceTarget | undefined;
}

/** A service on Fargate, with its deployments and its autoscaling. */
export class FargateService extends Workload {
  public readonly monitoringTargets: ServiceMonitoringTarget;
  /** The ECS service, if a load balancer sends requests to it. */
  public readonly webService: readonly ITerraformDependable[];
  protected readonly starter: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id, props, kindSettings(props));
    const { stage, name, service, network, dataServices, cluster, discovery, target } = props;
    const fromLoadBalancer =
      target === undefined || service.kind !== "web"
        ? []
        : new Connection(this, `from-${peerId(target.peer)}`, {
            from: target.peer,
            to: this.securityGroup.peer,
            port: service.port,
            reason: "requests and health checks",
          }).rules;
    const logGroup = this.logGroup.name;
    const registration = new ServiceRegistration(this, "registration", { stage, name, service, discovery, logGroup });
    const deployment = new ServiceDeployment(this, "rollout", { stage, name, service, target });
    const { scaling } = service;
    const ecsService = new EcsService(this, "service", {
      name: serviceName(stage, name),
      cluster: cluster.arn,
      taskDefinition: this.task.definition.arn,
      desiredCount: scaling?.minimum ?? service.desiredCount ?? 1,
      capacityProviderStrategy: capacityStrategy(service.capacity),
      // Otherwise a change of the capacity provider strategy replaces the service: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
      forceNewDeployment: true,
      platformVersion: "LATEST",
      enableExecuteCommand: service.enableExecuteCommand,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      networkConfiguration: this.networkConfiguration(network),
      ...registration.settings,
      ...deployment.settings,
      // ECS starts tasks at once, and they need their permissions and connections to start.
      dependsOn: [...this.prerequisites, ...fromLoadBalancer, ...deployment.prerequisites],
      // Application Auto Scaling changes the count.
      ...(scaling !== undefined && { lifecycle: { ignoreChanges: ["desired_count"] } }),
    });
    this.webService = target === undefined ? [] : [ecsService];
    target?.forwardAfter?.(ecsService);
    this.starter = ecsService;
    if (scaling !== undefined) {
      const queue =
        service.kind === "worker" && service.queue !== undefined
          ? dataServices.grantConsume(service.queue).queue
          : undefined;
      new Autoscaling(this, "scaling", {
        stage,
        name,
        scaling,
        clusterName: cluster.name,
        serviceName: ecsService.name,
        loads: { queueName: queue?.metricName, target: target?.metrics },
      });
    }
    this.monitoringTargets = {
      name,
      ecs: {
        clusterName: cluster.name,
        serviceName: ecsService.name,
        minimum: minimumTasks(service),
        counted: stage.containerInsights !== "disabled",
      },
      target: target?.monitoringTargets,
      rollbackAlarm: deployment.rollbackAlarm,
      deadLetters: undefined,
      logGroup: this.logGroupOf(service),
      fileSystemArn: this.fileSystem?.fileSystemArn,
    };
    this.addOneOffTasks(props);
    this.output(name, "service_name", ecsService.name, "ECS name");
  }

  /** A task definition for each program of the service that an operator or a pipeline runs once. */
  private addOneOffTasks({ name: service, service: { tasks } }: FargateServiceProps): void {
    const tasksScope = new Construct(this, "tasks");
    for (const [name, { command }] of Object.entries(tasks)) {
      const definition = this.task.oneOff(tasksScope, name, { name, command });
      addOutput(tasksScope, terraformName(service, name, "task_definition"), {
        value: definition.arn,
        description: `Task definition of ${name} of service ${service}`,
      });
    }
  }
}

/** The lowest number of tasks that the configuration allows at any time. */
function minimumTasks({ scaling, desiredCount = 1 }: WebConfig | WorkerConfig): number {
  if (scaling === undefined) return desiredCount;
  return Math.min(scaling.minimum, ...Object.values(scaling.schedules).map(({ minimum }) => minimum));
}

/** A target must keep idle connections open for longer than its load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues */
const keepAliveSpareSeconds = 5;

function kindSettings({ service, dataServices, target }: FargateServiceProps): KindSettings {
  if (service.kind === "worker") {
    return service.queue === undefined ? {} : { grants: [dataServices.grantConsume(service.queue)] };
  }
  const idleTimeoutSeconds = target?.idleTimeoutSeconds ?? 0;
  return {
    variables: {
      PORT: String(service.port),
      KEEP_ALIVE_SECONDS: String(idleTimeoutSeconds + keepAliveSpareSeconds),
    },
  };
}
