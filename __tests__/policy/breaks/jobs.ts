import type { Break } from "../edit";

const schedule = "aws_scheduler_schedule";
const tasks = "target.ecs_parameters";

/** What breaks one rule about what starts tasks, by a schedule alone, and no other. */
export const jobBreaks = {
  "service-public-address": (stack) => {
    stack.set(schedule, `${tasks}.network_configuration.assign_public_ip`, true);
  },
  "service-zones": (stack) => {
    stack.set(schedule, `${tasks}.network_configuration.subnets`, ["${aws_subnet.network_private_a.id}"]);
  },
  "service-platform": (stack) => {
    stack.set(schedule, `${tasks}.platform_version`, "1.4.0");
  },
  "service-revision": (stack) => {
    stack.replace(schedule, "definition.arn}", "definition.family}");
  },
  "exec-logged": (stack) => {
    stack.set(schedule, `${tasks}.enable_execute_command`, true);
  },
} satisfies Readonly<Record<string, Break>>;
