import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";
import { inStarters, subnetsOf } from "./starters";

/** ECS services, and what else starts tasks: where their tasks stand, and how they are replaced. */
export const serviceRules = {
  "service-public-address": {
    severity: "high",
    why: "A task that has a private way out needs no address on the internet.",
    source: "CKV_AWS_333",
    mend: "set assign_public_ip to false",
    check: inStarters((settings, stack) => {
      const subnets = subnetsOf(settings, stack);
      const given = settings.get("network_configuration.assign_public_ip") === true;
      return given && !subnets.every((subnet) => onInternet(stack, subnet)) && "gives its tasks public addresses";
    }),
  },
  "service-zones": {
    severity: "medium",
    why: "A zone without tasks is a zone whose loss was paid for, and not insured.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
    mend: "name a subnet of every zone",
    check: inStarters((settings, stack) => {
      const zones = new Set(stack.all("aws_subnet").map((subnet) => subnet.text("availability_zone")));
      for (const subnet of subnetsOf(settings, stack)) {
        zones.delete(subnet.text("availability_zone"));
      }
      return zones.size > 0 && `runs nothing in ${[...zones].join(", ")}`;
    }),
  },
  "service-platform": {
    severity: "medium",
    why: "Fargate closes holes in new platform versions only.",
    source: "CKV_AWS_332",
    mend: 'set platform_version to "LATEST"',
    check: inStarters((settings) => {
      const version = settings.text("platform_version") || "LATEST";
      return version !== "LATEST" && `stays on platform version ${version}`;
    }),
  },
  "service-rollback": {
    severity: "medium",
    why: "A revision that does not start must not replace the one that runs.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
    mend: "set deployment_circuit_breaker.enable and .rollback to true",
    check: each("aws_ecs_service", (service) => {
      const breaker = "deployment_circuit_breaker";
      const safe = service.get(`${breaker}.enable`) === true && service.get(`${breaker}.rollback`) === true;
      return !safe && "goes on with a deployment that fails";
    }),
  },
  "service-percentages": {
    severity: "medium",
    why: "ECS replaces tasks only where it may stop one or start one more; it rebalances only by starting one more.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
    mend: "let the maximum be greater than the minimum, and above 100 for rebalancing",
    check: each("aws_ecs_service", (service) => {
      const minimum = service.number("deployment_minimum_healthy_percent");
      const maximum = service.number("deployment_maximum_percent");
      const rebalanced = service.get("availability_zone_rebalancing") === "ENABLED";
      if (minimum < maximum && !(rebalanced && maximum <= 100)) return false;
      if (Number.isNaN(minimum) && Number.isNaN(maximum)) return false;
      return `can replace no task: at least ${minimum} %, at most ${maximum} %`;
    }),
  },
  "service-revision": {
    severity: "medium",
    why: "A service that names its family shows a change in every plan, and deploys nothing new.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    mend: "name the task definition by its arn",
    check: inStarters((settings) => {
      const named = settings.text("task_definition") || settings.text("task_definition_arn");
      const byArn = /aws_ecs_task_definition\.[\w-]+\.arn\b/.test(named);
      return !byArn && "does not name a revision of its task definition";
    }),
  },
  "service-first-deployment": {
    severity: "medium",
    why: "The first deployment comes before the first image: it must not wait for tasks.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    mend: "set wait_for_steady_state to false",
    check: each("aws_ecs_service", (service) => service.has("wait_for_steady_state") && "waits for tasks to run"),
  },
} satisfies Rules;

function onInternet(stack: ReadStack, subnet: Block): boolean {
  return stack
    .usersOf(subnet, "aws_route_table_association")
    .flatMap((association) => stack.targets(association, "route_table_id", "aws_route_table"))
    .flatMap((table) => stack.usersOf(table, "aws_route"))
    .some((route) => stack.targets(route, "gateway_id", "aws_internet_gateway").length > 0);
}
