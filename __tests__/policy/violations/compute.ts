import type { Change } from "../edit";

const cluster = "aws_ecs_cluster";
const service = "aws_ecs_service";
const task = "aws_ecs_task_definition";
const repository = "aws_ecr_repository";

/** Changes that each violate exactly one rule about the services of production. */
export const computeViolations = {
  "container-insights": (stack) => {
    stack.set(cluster, "setting.value", "disabled");
  },
  "exec-logging": (stack) => {
    stack.set(service, "enable_execute_command", true);
  },
  "task-size": (stack) => {
    stack.set(task, "memory", "8192");
  },
  "task-roles": (stack) => {
    stack.set(task, "task_role_arn", undefined);
  },
  "task-host-namespaces": (stack) => {
    stack.set(task, "pid_mode", "host");
  },
  "volume-transit-encryption": (stack) => {
    stack.set(task, "volume", [{ efs_volume_configuration: [{ file_system_id: "fs-1" }] }]);
  },
  "container-settings": (stack) => {
    stack.replace(task, '"stopTimeout" = 60', '"stopTimeoutSeconds" = 60, "stopTimeout" = 60');
  },
  "container-read-only": (stack) => {
    stack.replace(task, '"readonlyRootFilesystem" = true', '"readonlyRootFilesystem" = false');
  },
  "container-privileged": (stack) => {
    stack.replace(task, '"essential" = true', '"essential" = true, "privileged" = true');
  },
  "container-user": (stack) => {
    stack.replace(task, '"user" = "1000:1000"', '"user" = "0"');
  },
  "container-logging": (stack) => {
    stack.replace(task, '"logDriver" = "awslogs"', '"logDriver" = "json-file"');
  },
  "container-secrets": (stack) => {
    stack.replace(task, '"name" = "PORT"', '"name" = "DATABASE_PASSWORD"');
  },
  "container-ports": (stack) => {
    stack.replace(task, '"hostPort" = 8080', '"hostPort" = 80');
  },
  "container-stop-timeout": (stack) => {
    stack.replace(task, '"stopTimeout" = 60', '"stopTimeout" = 999');
  },
  "container-shutdown-time": (stack) => {
    stack.replace(task, '"stopTimeout" = 60', '"stopTimeout" = 59');
  },
  "container-health-check-times": (stack) => {
    stack.replace(task, '"interval" = 15', '"interval" = 5');
  },
  "container-keep-alive": (stack) => {
    stack.set("aws_lb", "idle_timeout", 65, { load_balancer_type: "application" });
  },
  "service-public-ip": (stack) => {
    stack.set(service, "network_configuration.assign_public_ip", true);
  },
  "service-zones": (stack) => {
    stack.set(service, "network_configuration.subnets", ["${aws_subnet.network_private_a.id}"]);
  },
  "service-platform-version": (stack) => {
    stack.set(service, "platform_version", "1.4.0");
  },
  "service-circuit-breaker": (stack) => {
    stack.set(service, "deployment_circuit_breaker.rollback", false);
  },
  "deployment-percentages": (stack) => {
    stack.set(service, "deployment_maximum_percent", 100);
  },
  "task-definition-revision": (stack) => {
    stack.replace(service, "definition.services_test1.arn}", "definition.services_test1.family}");
  },
  "service-steady-state": (stack) => {
    stack.set(service, "wait_for_steady_state", true);
  },
  "scaling-bounds": (stack) => {
    stack.set("aws_appautoscaling_target", "max_capacity", 0);
  },
  "scaling-desired-count": (stack) => {
    stack.set(service, "lifecycle", undefined);
  },
  "repository-tags": (stack) => {
    stack.set(repository, "image_tag_mutability", "MUTABLE");
  },
  "repository-scan": (stack) => {
    stack.set(repository, "image_scanning_configuration.scan_on_push", false);
  },
  "repository-lifecycle": (stack) => {
    stack.remove("aws_ecr_lifecycle_policy");
  },
} satisfies Readonly<Record<string, Change>>;
