import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Scaling } from "../../../schema/services/scaling";
import { StepScaling } from "./step-scaling";
import { trackedTargets, type LoadSources } from "./tracked-targets";

export interface AutoscalingProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly scaling: Scaling;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly loads: LoadSources;
}

/** Adds and removes tasks of a service by its load and by the clock, within its limits. */
export class Autoscaling extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalingProps) {
    super(scope, id);
    const { stage, name, scaling, clusterName, serviceName } = props;
    const schedules = Object.entries(scaling.schedules);
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: scaling.minimum,
      maxCapacity: scaling.maximum,
      // A schedule changes both: a plan at night must not want the day's numbers back.
      ...(schedules.length > 0 && { lifecycle: { ignoreChanges: ["min_capacity", "max_capacity"] } }),
    });
    const { serviceNamespace, scalableDimension, resourceId } = target;
    const place = { serviceNamespace, scalableDimension, resourceId };
    for (const [what, configuration] of Object.entries(
      trackedTargets(scaling, { ...props.loads, clusterName, serviceName }),
    )) {
      new AppautoscalingPolicy(this, what, {
        ...place,
        name: `${name}-${what}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: configuration,
      });
    }
    if (scaling.steps !== undefined) {
      new StepScaling(this, "steps", { stage, name, steps: scaling.steps, place, clusterName, serviceName });
    }
    for (const [when, { schedule, timeZone, minimum, maximum }] of schedules) {
      new AppautoscalingScheduledAction(this, `at-${when}`, {
        ...place,
        name: `${name}-${when}`,
        schedule,
        timezone: timeZone,
        scalableTargetAction: { minCapacity: String(minimum), maxCapacity: String(maximum) },
      });
    }
  }
}
