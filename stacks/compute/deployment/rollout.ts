import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig, WebConfig, WorkerConfig } from "../../../schema";
import type { ServiceTarget } from "../../ingress/service-target";
import { requireAwsProvider } from "../../provider";
import { RollbackAlarm } from "./rollback-alarm";
import { EcsInfrastructureRole } from "./ecs-infrastructure-role";
import { replacement } from "./replacement";

export interface RolloutProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: WebConfig | WorkerConfig;
  /** @default - nobody calls the service from outside */
  readonly target: ServiceTarget | undefined;
}

/** How a service's tasks are replaced, and what makes ECS go back to those before. */
export class Rollout extends Construct {
  public readonly settings: Omit<EcsServiceConfig, "name">;
  /** What must exist before the service. */
  public readonly prerequisites: readonly ITerraformDependable[];
  /** @default - no alarm undoes a deployment */
  public readonly rollbackAlarm: RollbackAlarm | undefined;

  constructor(scope: Construct, id: string, props: RolloutProps) {
    super(scope, id);
    const { stage, name, service, target } = props;
    const shifted = service.deployment.strategy === "rolling" ? undefined : target?.shifted;
    const role = shifted && new EcsInfrastructureRole(this, "infrastructure", { stage, name });
    // Release 5 of the provider knows no other strategy.
    if (shifted !== undefined) requireAwsProvider(this);
    const alarm = this.alarm(props);
    this.settings = {
      ...replacement(service.deployment),
      ...(target !== undefined &&
        service.kind === "web" && {
          healthCheckGracePeriodSeconds: service.deployment.healthCheckGracePeriodSeconds,
          loadBalancer: [
            {
              targetGroupArn: target.targetGroupArn,
              containerName: name,
              containerPort: service.port,
              ...(shifted !== undefined &&
                role !== undefined && {
                  advancedConfiguration: {
                    alternateTargetGroupArn: shifted.alternateTargetGroupArn,
                    productionListenerRule: shifted.productionRuleArn,
                    testListenerRule: shifted.testRuleArn,
                    roleArn: role.arn,
                  },
                }),
            },
          ],
        }),
      ...(alarm !== undefined && { alarms: { alarmNames: [alarm.alarmRef.name], enable: true, rollback: true } }),
    };
    this.rollbackAlarm = alarm;
    // ECS refuses a target group that no listener leads to.
    this.prerequisites = [...(target?.listeners ?? []), ...(role?.policies ?? [])];
  }

  private alarm({ stage, name, service, target }: RolloutProps): RollbackAlarm | undefined {
    const errors = service.kind === "web" ? service.deployment.rollbackOnErrors : undefined;
    if (errors === undefined || target?.counted === undefined) return undefined;
    return new RollbackAlarm(this, "errors", { stage, name, errors, target: target.counted });
  }
}
