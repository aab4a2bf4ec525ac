import { object, objects, scalarText, text, type JsonObject } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "application-autoscaling";
const reference = "https://docs.aws.amazon.com/autoscaling/application/APIReference";

interface Update {
  readonly policy: string;
  readonly endedAt: number;
}

/** Rules of Application Auto Scaling between ECS services, scalable targets and their policies. */
export function applicationAutoScaling(): RuleSet {
  const updates = new Map<string, Update>();

  return {
    rules: [
      {
        name: "scalable-service-exists",
        service,
        operations: ["RegisterScalableTarget"],
        code: "ValidationException",
        rule: "The ECS service of a scalable target must exist and be active.",
        source: `${reference}/API_RegisterScalableTarget.html`,
        refuse: async ({ input, ask }) => {
          if (input.ServiceNamespace !== "ecs") return undefined;
          const [, cluster, name] = text(input.ResourceId).split("/");
          const { services } = await ask("DescribeServices", { cluster, services: [name] }, "ecs");
          return objects(services).some(({ status }) => status === "ACTIVE")
            ? undefined
            : `ECS service doesn't exist: ${text(input.ResourceId)}`;
        },
      },
      {
        name: "policy-without-scalable-target",
        service,
        operations: ["PutScalingPolicy", "PutScheduledAction", "DeregisterScalableTarget"],
        code: "ObjectNotFoundException",
        rule: "A scalable target must be registered before policies and scheduled actions are made for it.",
        source: `${reference}/API_PutScalingPolicy.html`,
        refuse: async ({ input, ask }) => {
          const { ServiceNamespace, ResourceId, ScalableDimension } = input;
          const query = { ServiceNamespace, ResourceIds: [ResourceId], ScalableDimension };
          const { ScalableTargets } = await ask("DescribeScalableTargets", query);
          return objects(ScalableTargets).length > 0
            ? undefined
            : `No scalable target registered for service namespace: ${scalarText(ServiceNamespace)}, resource ID: ${text(ResourceId)}, scalable dimension: ${scalarText(ScalableDimension)}`;
        },
      },
      {
        name: "scaling-policy-unknown",
        service,
        operations: ["DeleteScalingPolicy"],
        code: "ObjectNotFoundException",
        rule: "A scaling policy that is deleted exists.",
        source: `${reference}/API_DeleteScalingPolicy.html`,
        refuse: async ({ input, ask }) => {
          const { PolicyName, ServiceNamespace, ResourceId, ScalableDimension } = input;
          const query = { PolicyNames: [PolicyName], ServiceNamespace, ResourceId, ScalableDimension };
          return objects((await ask("DescribeScalingPolicies", query)).ScalingPolicies).length > 0
            ? undefined
            : `No scaling policy found for service namespace: ${scalarText(ServiceNamespace)}, resource ID: ${text(ResourceId)}, scalable dimension: ${scalarText(ScalableDimension)}, policy name: ${text(PolicyName)}`;
        },
      },
      {
        name: "scalable-target-capacity",
        service,
        operations: ["RegisterScalableTarget"],
        code: "ValidationException",
        rule: "A new scalable target has a minimum and a maximum, and a change keeps the minimum below the maximum.",
        source: `${reference}/API_RegisterScalableTarget.html`,
        refuse: async ({ input, ask }) => {
          const { ServiceNamespace, ResourceId, ScalableDimension } = input;
          const query = { ServiceNamespace, ResourceIds: [ResourceId], ScalableDimension };
          const [existing = {}] = objects((await ask("DescribeScalableTargets", query)).ScalableTargets);
          const { MinCapacity = existing.MinCapacity, MaxCapacity = existing.MaxCapacity } = input;
          if (MinCapacity === undefined || MaxCapacity === undefined) {
            return "MinCapacity and MaxCapacity must be specified for a new scalable target";
          }
          return Number(MinCapacity) > Number(MaxCapacity)
            ? "Maximum capacity cannot be less than minimum capacity"
            : undefined;
        },
      },
      {
        name: "scaling-policy-of-same-metric",
        service,
        operations: ["PutScalingPolicy"],
        code: "ValidationException",
        rule: "A scalable target has one target tracking policy of a metric.",
        source:
          "https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
        refuse: async ({ input, ask }) => {
          const { ServiceNamespace, ResourceId, ScalableDimension, PolicyName } = input;
          const metric = metricOf(input);
          if (metric === undefined) return undefined;
          const { ScalingPolicies } = await ask("DescribeScalingPolicies", {
            ServiceNamespace,
            ResourceId,
            ScalableDimension,
          });
          return objects(ScalingPolicies).some((other) => other.PolicyName !== PolicyName && metricOf(other) === metric)
            ? "Only one TargetTrackingScaling policy for a given metric specification is allowed."
            : undefined;
        },
      },
      {
        name: "policies-at-the-same-time",
        service,
        operations: ["PutScalingPolicy"],
        code: "ConcurrentUpdateException",
        rule: "Two policies of one scalable target cannot be put at the same time.",
        source: `${reference}/API_PutScalingPolicy.html`,
        refuse: (call) => {
          const last = updates.get(targetOf(call));
          return last && last.policy !== call.input.PolicyName && call.receivedAt < last.endedAt
            ? "You already have a pending update to an Auto Scaling resource."
            : undefined;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["PutScalingPolicy"],
        observe: (call) => {
          updates.set(targetOf(call), { policy: text(call.input.PolicyName), endedAt: performance.now() });
        },
      },
    ],
  };
}

/** The predefined metric of a target tracking policy; undefined when it has another. */
function metricOf({ TargetTrackingScalingPolicyConfiguration }: JsonObject): string | undefined {
  const { PredefinedMetricSpecification } = object(TargetTrackingScalingPolicyConfiguration);
  const { PredefinedMetricType, ResourceLabel } = object(PredefinedMetricSpecification);
  return PredefinedMetricType === undefined ? undefined : `${text(PredefinedMetricType)} ${text(ResourceLabel)}`;
}

function targetOf({ account, region, input }: RuleCall): string {
  const { ServiceNamespace, ResourceId, ScalableDimension }: JsonObject = input;
  return [account, region, ServiceNamespace, ResourceId, ScalableDimension].map(scalarText).join(" ");
}
