import { each, type PolicyStack, type Rules } from "../rule";
import { isPartOf, serviceOf } from "../stage-fields";
import type { Block } from "../terraform/stack";
import type { Values } from "../terraform/values";

/** Resources that start tasks, with the block that has their task settings. */
const taskSettings: Readonly<Record<string, (block: Block) => Values | undefined>> = {
  aws_ecs_service: (block) => block,
  aws_scheduler_schedule: (block) => block.blocks("target.ecs_parameters")[0],
  aws_cloudwatch_event_target: (block) => block.blocks("ecs_target")[0],
};

/** The ECS cluster, its services, and the schedules and events that start tasks. */
export const serviceRules = {
  "container-insights": {
    severity: "medium",
    rationale: "Without Container Insights ECS publishes no metrics on running tasks, network and storage.",
    source: "CKV_AWS_65",
    remediation: 'set containerInsights: "enabled" or "enhanced" (setting containerInsights)',
    acceptedBy: ({ containerInsights }, { resource }, stack) =>
      containerInsights === "disabled" && isPartOf("compute", stack.at(resource)) ? "containerInsights" : undefined,
    check: each("aws_ecs_cluster", (cluster) => {
      const insights = cluster.blocks("setting").find((setting) => setting.get("name") === "containerInsights");
      return !["enabled", "enhanced"].includes(insights?.text("value") ?? "") && "does not enable Container Insights";
    }),
  },
  "exec-logging": {
    severity: "high",
    rationale: "Commands of an ECS Exec session can be audited only when the session is logged.",
    source: "CKV_AWS_223",
    remediation:
      "set services.<name>.enableExecuteCommand: false (enable_execute_command), or log sessions (execute_command_configuration.logging OVERRIDE with a log group)",
    check: each("aws_ecs_cluster", (cluster, stack) => {
      const hasExec = taskSettingsOf(stack.usersOf(cluster)).some((tasks) => tasks.has("enable_execute_command"));
      const settings = "configuration.execute_command_configuration";
      const logged =
        cluster.get(`${settings}.logging`) === "OVERRIDE" &&
        cluster.has(`${settings}.log_configuration.cloud_watch_log_group_name`);
      return hasExec && !logged && "does not log ECS Exec sessions";
    }),
  },
  "service-public-ip": {
    severity: "high",
    rationale: "A task in a private subnet does not need a public IP to reach the internet.",
    source: "CKV_AWS_333",
    remediation: 'use network.egress.mode "vpc-endpoints" or "nat-gateway" (assign_public_ip must be false)',
    check: eachTaskStart((settings, stack) => {
      const assigned = settings.get("network_configuration.assign_public_ip") === true;
      const inPublicSubnets = subnetsOf(settings, stack).every((subnet) => isPublic(stack, subnet));
      return assigned && !inPublicSubnets && "assigns public IPs to tasks in private subnets";
    }),
  },
  "service-zones": {
    severity: "medium",
    rationale: "Tasks survive the failure of an Availability Zone only when they run in every zone of the VPC.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
    remediation: "add a subnet of every zone of network.zones (network_configuration.subnets)",
    check: eachTaskStart((settings, stack) => {
      const zones = new Set(stack.all("aws_subnet").map((subnet) => subnet.text("availability_zone")));
      for (const subnet of subnetsOf(settings, stack)) {
        zones.delete(subnet.text("availability_zone"));
      }
      return zones.size > 0 && `runs no tasks in ${[...zones].join(", ")}`;
    }),
  },
  "service-platform-version": {
    severity: "medium",
    rationale: "Fargate publishes security fixes as new platform versions.",
    source: "CKV_AWS_332",
    remediation: 'set platform_version to "LATEST", or remove it',
    check: eachTaskStart((settings) => {
      const version = settings.text("platform_version") || "LATEST";
      return version !== "LATEST" && `pins platform version ${version}`;
    }),
  },
  "service-circuit-breaker": {
    severity: "medium",
    rationale: "Without a rollback ECS retries a failing deployment indefinitely.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
    remediation: "set deployment_circuit_breaker.enable and .rollback to true",
    check: each("aws_ecs_service", (service) => {
      const breaker = "deployment_circuit_breaker";
      const enabled = service.get(`${breaker}.enable`) === true && service.get(`${breaker}.rollback`) === true;
      return !enabled && "does not roll back a failing deployment";
    }),
  },
  "deployment-percentages": {
    severity: "medium",
    rationale:
      "ECS replaces a task only if it may stop one or start an additional one, and rebalances zones only by starting one.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    remediation:
      "set services.<name>.deployment.maximumPercent above minimumHealthyPercent, and above 100 with availabilityZoneRebalancing (deployment_maximum_percent)",
    check: each("aws_ecs_service", (service) => {
      const minimum = service.number("deployment_minimum_healthy_percent");
      const maximum = service.number("deployment_maximum_percent");
      const rebalanced = service.get("availability_zone_rebalancing") === "ENABLED";
      if (minimum < maximum && !(rebalanced && maximum <= 100)) return false;
      if (Number.isNaN(minimum) && Number.isNaN(maximum)) return false;
      return `cannot replace a task with at least ${minimum} % and at most ${maximum} % running`;
    }),
  },
  "task-definition-revision": {
    severity: "medium",
    rationale: "A task definition that is referred to by its family shows a change in every plan and deploys nothing.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    remediation: "set task_definition to the arn of the task definition",
    check: eachTaskStart((settings) => {
      const definition = settings.text("task_definition") || settings.text("task_definition_arn");
      const byArn = /aws_ecs_task_definition\.[\w-]+\.arn\b/.test(definition);
      return !byArn && "does not refer to a revision of its task definition";
    }),
  },
  "service-steady-state": {
    severity: "medium",
    rationale: "A first deployment that waits for a steady state fails, because no image has been pushed yet.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    remediation: "set services.<name>.deployment.waitForSteadyState: false (wait_for_steady_state)",
    acceptedBy: (stage, { resource }, stack) => {
      const owner = serviceOf(stage, stack.at(resource));
      const waits = owner !== undefined && owner.service.kind !== "job" && owner.service.deployment.waitForSteadyState;
      return waits ? `services.${owner.name}.deployment.waitForSteadyState` : undefined;
    },
    check: each("aws_ecs_service", (service) => service.has("wait_for_steady_state") && "waits for a steady state"),
  },
  "scaling-bounds": {
    severity: "medium",
    rationale: "Application Auto Scaling rejects a minimum above the maximum, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    remediation: "set services.<name>.scaling.minimum to at most maximum (min_capacity, max_capacity)",
    check: each(["aws_appautoscaling_target", "aws_appautoscaling_scheduled_action"], (target) => {
      const prefix = target.type === "aws_appautoscaling_target" ? "" : "scalable_target_action.";
      const [minimum, maximum] = [target.number(`${prefix}min_capacity`), target.number(`${prefix}max_capacity`)];
      return minimum > maximum && `has the minimum ${minimum} above the maximum ${maximum}`;
    }),
  },
  "scaling-desired-count": {
    severity: "medium",
    rationale: "A deployment resets the number of tasks that auto scaling has set unless Terraform ignores it.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    remediation: 'add "desired_count" to lifecycle.ignore_changes',
    check: each("aws_ecs_service", (service, stack) => {
      const scaled = stack.usersOf(service, "aws_appautoscaling_target").length > 0;
      const ignored = service.all("lifecycle.ignore_changes").includes("desired_count");
      return scaled && !ignored && "has a desired count that both auto scaling and Terraform set";
    }),
  },
} satisfies Rules;

function eachTaskStart(problemOf: (settings: Values, stack: PolicyStack) => string | false) {
  return each(Object.keys(taskSettings), (block, stack) => {
    const settings = taskSettings[block.type]?.(block);
    return settings !== undefined && problemOf(settings, stack);
  });
}

function taskSettingsOf(blocks: readonly Block[]): readonly Values[] {
  return blocks.flatMap((block) => taskSettings[block.type]?.(block) ?? []);
}

/** Subnets in which tasks are started. */
export function taskSubnets(stack: PolicyStack): readonly Block[] {
  const settings = taskSettingsOf(stack.all(...Object.keys(taskSettings)));
  return [...new Set(settings.flatMap((each) => subnetsOf(each, stack)))];
}

function subnetsOf(settings: Values, stack: PolicyStack): readonly Block[] {
  return stack.targets(settings, "network_configuration.subnets", "aws_subnet");
}

function isPublic(stack: PolicyStack, subnet: Block): boolean {
  return stack
    .usersOf(subnet, "aws_route_table_association")
    .flatMap((association) => stack.targets(association, "route_table_id", "aws_route_table"))
    .flatMap((table) => stack.usersOf(table, "aws_route"))
    .some((route) => stack.targets(route, "gateway_id", "aws_internet_gateway").length > 0);
}
