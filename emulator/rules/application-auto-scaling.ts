import { objects, scalarText, text, type JsonObject } from "../wire/json";
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

function targetOf({ account, region, input }: RuleCall): string {
  const { ServiceNamespace, ResourceId, ScalableDimension }: JsonObject = input;
  return [account, region, ServiceNamespace, ResourceId, ScalableDimension].map(scalarText).join(" ");
}
