import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig, WebConfig, WorkerConfig } from "../../schema";
import type { Deployment, WebDeployment } from "../../schema/services/deployment";
import { partitionIn } from "../arn";
import { ServiceRole } from "../identity/service-role";
import type { TargetMetrics, ServiceTarget } from "../ingress/service-target";
import { Alarm, type AlarmRef } from "../monitoring/alarms/alarm";
import { targetErrorPercent } from "../monitoring/metrics/services";
import type { AlarmMonitoringTarget } from "../monitoring/monitoring-target";
import { roleName } from "../naming";

export interface ServiceDeploymentProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: WebConfig | WorkerConfig;
  /** @default - the service receives no requests from a load balancer */
  readonly target: ServiceTarget | undefined;
}

/** How ECS deploys a new revision of a service, and what makes it roll back. */
export class ServiceDeployment extends Construct {
  public readonly settings: Omit<EcsServiceConfig, "name">;
  /** For `dependsOn` of the ECS service. */
  public readonly prerequisites: readonly ITerraformDependable[];
  /** @default - no alarm rolls deployments back */
  public readonly rollbackAlarm: RollbackAlarm | undefined;

  constructor(scope: Construct, id: string, props: ServiceDeploymentProps) {
    super(scope, id);
    const { stage, name, service, target } = props;
    const trafficShifting = service.deployment.strategy === "rolling" ? undefined : target?.trafficShifting;
    const role = trafficShifting && new EcsInfrastructureRole(this, "infrastructure", { stage, name });
    const alarm = this.alarm(props);
    this.settings = {
      ...deploymentSettings(service.deployment),
      ...(target !== undefined &&
        service.kind === "web" && {
          healthCheckGracePeriodSeconds: service.deployment.healthCheckGracePeriodSeconds,
          loadBalancer: [
            {
              targetGroupArn: target.targetGroupArn,
              containerName: name,
              containerPort: service.port,
              ...(trafficShifting !== undefined &&
                role !== undefined && {
                  advancedConfiguration: {
                    alternateTargetGroupArn: trafficShifting.alternateTargetGroupArn,
                    productionListenerRule: trafficShifting.productionRuleArn,
                    testListenerRule: trafficShifting.testRuleArn,
                    roleArn: role.arn,
                  },
                }),
            },
          ],
        }),
      ...(alarm !== undefined && { alarms: { alarmNames: [alarm.alarmRef.name], enable: true, rollback: true } }),
    };
    this.rollbackAlarm = alarm;
    // ECS rejects a target group without a listener.
    this.prerequisites = [...(target?.listeners ?? []), ...(role?.policies ?? [])];
  }

  private alarm({ stage, name, service, target }: ServiceDeploymentProps): RollbackAlarm | undefined {
    const errors = service.kind === "web" ? service.deployment.rollbackOnErrors : undefined;
    if (errors === undefined || target?.metrics === undefined) return undefined;
    return new RollbackAlarm(this, "errors", { stage, name, errors, target: target.metrics });
  }
}

type Shifting = Exclude<WebDeployment, { strategy: "rolling" }>;

const strategies = { "blue-green": "BLUE_GREEN", canary: "CANARY", linear: "LINEAR" } as const;

/** The deployment strategy. ECS rolls every deployment back whose tasks do not start. */
function deploymentSettings(deployment: Deployment): Partial<EcsServiceConfig> {
  const always = {
    waitForSteadyState: deployment.waitForSteadyState,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  };
  if (deployment.strategy === "rolling") {
    return {
      ...always,
      deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
      deploymentMaximumPercent: deployment.maximumPercent,
      availabilityZoneRebalancing: deployment.availabilityZoneRebalancing ? "ENABLED" : "DISABLED",
    };
  }
  return {
    ...always,
    // All old tasks stay until all traffic is shifted to the new ones.
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentConfiguration: {
      strategy: strategies[deployment.strategy],
      bakeTimeInMinutes: String(deployment.bakeTimeMinutes),
      ...shiftingSteps(deployment),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
function shiftingSteps(deployment: Shifting) {
  switch (deployment.strategy) {
    case "blue-green":
      return {};
    case "canary":
      return {
        canaryConfiguration: {
          canaryPercent: deployment.canaryPercent,
          canaryBakeTimeInMinutes: String(deployment.canaryBakeTimeMinutes),
        },
      };
    case "linear":
      return {
        linearConfiguration: {
          stepPercent: deployment.stepPercent,
          stepBakeTimeInMinutes: String(deployment.stepBakeTimeMinutes),
        },
      };
  }
}

interface EcsInfrastructureRoleProps {
  readonly stage: StageConfig;
  readonly name: string;
}

/**
 * The role with which ECS shifts traffic between target groups, with the AWS managed policy for it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
class EcsInfrastructureRole extends Construct {
  public readonly arn: string;
  public readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EcsInfrastructureRoleProps) {
    super(scope, id);
    const { stage, name } = props;
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, `${name}-shifting`),
      // No condition on the source account: AWS documents none for this principal.
      service: "ecs.amazonaws.com",
    });
    const partition = partitionIn(this);
    this.arn = role.arn;
    this.policies = [
      new IamRolePolicyAttachment(this, "policy", {
        role: role.name,
        policyArn: `arn:${partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`,
      }),
    ];
  }
}

interface RollbackAlarmProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly errors: NonNullable<WebDeployment["rollbackOnErrors"]>;
  readonly target: TargetMetrics;
}

/** The alarm on a service's 5xx responses at which ECS rolls a deployment back. */
class RollbackAlarm extends Construct implements AlarmMonitoringTarget {
  public readonly alarmRef: AlarmRef;
  private readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: RollbackAlarmProps) {
    super(scope, id);
    const { stage, name, errors, target } = props;
    this.alarm = new Alarm(this, "alarm", {
      stage,
      subject: name,
      definition: {
        symptom: "rollback-target-5xx-high",
        description: `More than ${errors.percent} % of the answers of ${name} are 5xx: ECS rolls a deployment back`,
        metric: targetErrorPercent(target, errors.minimumRequests),
        threshold: { above: errors.percent },
        evaluationPeriods: 3,
      },
    });
    this.alarmRef = this.alarm.alarmRef;
  }

  public addAction(topicArn: string): void {
    this.alarm.addAction(topicArn);
  }
}
