import type { Change } from "../edit";

const schedule = "aws_scheduler_schedule";
const tasks = "target.ecs_parameters";

/** Changes that each violate exactly one rule about how tasks are started, in a schedule. */
export const jobViolations = {
  "service-public-ip": (stack) => {
    stack.set(schedule, `${tasks}.network_configuration.assign_public_ip`, true);
  },
  "service-zones": (stack) => {
    stack.set(schedule, `${tasks}.network_configuration.subnets`, ["${aws_subnet.network_private_a.id}"]);
  },
  "service-platform-version": (stack) => {
    stack.set(schedule, `${tasks}.platform_version`, "1.4.0");
  },
  "task-definition-revision": (stack) => {
    stack.replace(schedule, "definition.services_clean_up.arn}", "definition.services_clean_up.family}");
  },
  "exec-logging": (stack) => {
    stack.set(schedule, `${tasks}.enable_execute_command`, true);
  },
} satisfies Readonly<Record<string, Change>>;
