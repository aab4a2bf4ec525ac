import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import type { WebConfig, WorkerConfig } from "../../schema";
import { Registration } from "../discovery/registration";
import type { ServiceTarget } from "../ingress/service-target";
import { serviceName } from "../naming";
import { Connection } from "../network/security-group";
import type { ServiceMonitoringTarget } from "../monitoring/monitoring-target";
import { Autoscaling } from "./autoscaling/autoscaling";
import { capacityStrategy } from "./capacity";
import { Rollout } from "./deployment/rollout";
import { OneOffTasks } from "./one-off-tasks";
import { Workload, type KindSettings, type WorkloadProps } from "./workload";

export interface FargateServiceProps extends WorkloadProps<WebConfig | WorkerConfig> {
  /** Where the load balancer sends the service's requests. @default - nobody calls the service from outside */
  readonly target?: ServiceTarget | undefined;
}

/** A service on Fargate: ECS keeps its tasks running, replaces them, and adds and removes some by their load. */
export class FargateService extends Workload {
  public readonly monitoringTargets: ServiceMonitoringTarget;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id, props, kindSettings(props));
    const { stage, name, service, network, dataServices, cluster, discovery, target } = props;
    if (target !== undefined && service.kind === "web") {
      new Connection(this, "from-load-balancer", {
        from: target.peer,
        to: this.securityGroup.peer,
        port: service.port,
        reason: "requests and health checks",
      });
    }
    const logGroup = this.logGroup.name;
    const registration = new Registration(this, "registration", { stage, name, service, discovery, logGroup });
    const rollout = new Rollout(this, "rollout", { stage, name, service, target });
    const { scaling } = service;
    const ecsService = new EcsService(this, "service", {
      name: serviceName(stage, name),
      cluster: cluster.arn,
      taskDefinition: this.task.definition.arn,
      desiredCount: scaling?.minimum ?? service.desiredCount ?? 1,
      capacityProviderStrategy: capacityStrategy(service.capacity),
      // Without it, a change of the capacity would replace the service: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
      forceNewDeployment: true,
      platformVersion: "LATEST",
      enableExecuteCommand: service.enableExecuteCommand,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      networkConfiguration: this.networkConfiguration(network),
      ...registration.settings,
      ...rollout.settings,
      // ECS starts tasks at once: they need their permissions and their ways out by then.
      dependsOn: [...this.prerequisites, ...rollout.prerequisites],
      // Whatever scales the service decides how many tasks run from then on.
      ...(scaling !== undefined && { lifecycle: { ignoreChanges: ["desired_count"] } }),
    });
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
        loads: { queueName: queue?.metricName, target: target?.counted },
      });
    }
    this.monitoringTargets = {
      name,
      ecs: {
        clusterName: cluster.name,
        serviceName: ecsService.name,
        minimum: fewestTasks(service),
        counted: stage.containerInsights !== "disabled",
      },
      target: target?.monitoringTargets,
      rollbackAlarm: rollout.rollbackAlarm,
      deadLetters: undefined,
      logGroup: this.logGroupOf(service),
      fileSystemArn: this.fileSystem?.fileSystemArn,
    };
    new OneOffTasks(this, "tasks", { name, service, task: this.task });
    this.output(name, "service_name", ecsService.name, "ECS name");
  }
}

/** Tasks that run at the least, whatever the time. */
function fewestTasks({ scaling, desiredCount = 1 }: WebConfig | WorkerConfig): number {
  if (scaling === undefined) return desiredCount;
  return Math.min(scaling.minimum, ...Object.values(scaling.schedules).map(({ minimum }) => minimum));
}

/** The container must not be the one that closes: a request may be on its way. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues */
const keepAliveSpareSeconds = 5;

function kindSettings({ service, dataServices, target }: FargateServiceProps): KindSettings {
  if (service.kind === "worker") {
    return service.queue === undefined ? {} : { grants: [dataServices.grantConsume(service.queue)] };
  }
  const idleTimeoutSeconds = target?.idleTimeoutSeconds ?? 0;
  return {
    settings: {
      PORT: String(service.port),
      KEEP_ALIVE_SECONDS: String(idleTimeoutSeconds + keepAliveSpareSeconds),
    },
  };
}
