import { healthCheckTimes } from "../../documents/elastic-load-balancing/health-checks";
import { healthCheckProtocol } from "../../documents/elastic-load-balancing/target-groups";
import { objects, pick, valuesByKey } from "../../wire/json";
import type { Rule } from "../rule";
import { loadBalancerOf } from "./listeners";
import { forwardedTo, loadBalancersOf, reference, service } from "./resources";

const algorithms: Readonly<Record<string, string>> = {
  least_outstanding_requests: "least outstanding requests",
  weighted_random: "weighted random",
};

/** Rules of target groups. */
export const targetGroupRules: readonly Rule[] = [
  {
    name: "target-group-of-another-load-balancer",
    service,
    operations: ["CreateListener", "ModifyListener", "CreateRule", "ModifyRule"],
    code: "TargetGroupAssociationLimit",
    rule: "A target group belongs to one load balancer.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    refuse: async (call) => {
      const { input, ask } = call;
      const arn = loadBalancerOf(call);
      for (const targetGroup of [input.DefaultActions, input.Actions].flatMap(forwardedTo)) {
        const owners = await loadBalancersOf(ask, targetGroup);
        if (owners.some((owner) => owner !== arn)) {
          return `The following target groups cannot be associated with more than one load balancer: ${targetGroup}`;
        }
      }
      return undefined;
    },
  },
  {
    name: "changed-health-check",
    service,
    operations: ["ModifyTargetGroup"],
    code: "ValidationError",
    rule: "A changed health check fits the protocol of its target group, and its timeout the interval.",
    source: `${reference}/API_ModifyTargetGroup.html`,
    refuse: async ({ input, ask }) => {
      const { TargetGroups } = await ask("DescribeTargetGroups", { TargetGroupArns: [input.TargetGroupArn] });
      const [group] = objects(TargetGroups);
      if (!group) return undefined;
      const { Protocol } = group;
      const times = ["HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds"];
      const stored = pick(group, ["HealthCheckProtocol", ...times]);
      const refusal =
        healthCheckProtocol({ ...input, Protocol }) ??
        (times.some((name) => input[name] !== undefined)
          ? healthCheckTimes({ ...stored, ...input, Protocol })
          : undefined);
      return refusal?.message;
    },
  },
  {
    name: "slow-start-algorithm",
    service,
    operations: ["ModifyTargetGroupAttributes"],
    code: "InvalidConfigurationRequest",
    rule: "A target group with slow start distributes requests round robin.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    refuse: async ({ input, ask }) => {
      const stored = await ask("DescribeTargetGroupAttributes", { TargetGroupArn: input.TargetGroupArn });
      const attributes = new Map([...valuesByKey(stored.Attributes), ...valuesByKey(input.Attributes)]);
      const algorithm = algorithms[attributes.get("load_balancing.algorithm.type") ?? ""];
      return algorithm !== undefined && Number(attributes.get("slow_start.duration_seconds") ?? 0) > 0
        ? `You cannot enable both slow start and ${algorithm} algorithm on a target group`
        : undefined;
    },
  },
];
