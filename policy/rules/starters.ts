import type { Block, ReadStack } from "../read-stack";
import { each } from "../rule";
import type { Values } from "../values";

/** What starts tasks, and where it says how: services in themselves, schedules and events for their target. */
const settingsOf: Readonly<Record<string, (block: Block) => Values | undefined>> = {
  aws_ecs_service: (block) => block,
  aws_scheduler_schedule: (block) => block.blocks("target.ecs_parameters")[0],
  aws_cloudwatch_event_target: (block) => block.blocks("ecs_target")[0],
};

/** Checks by itself how each service, schedule or event starts tasks. */
export function inStarters(faults: (settings: Values, stack: ReadStack) => string | false) {
  return each(Object.keys(settingsOf), (block, stack) => {
    const settings = settingsOf[block.type]?.(block);
    return settings !== undefined && faults(settings, stack);
  });
}

/** How those of some blocks start tasks that do. */
export function settingsIn(blocks: readonly Block[]): readonly Values[] {
  return blocks.flatMap((block) => settingsOf[block.type]?.(block) ?? []);
}

/** Subnets in which anything starts tasks. */
export function taskSubnets(stack: ReadStack): readonly Block[] {
  const settings = settingsIn(stack.all(...Object.keys(settingsOf)));
  return [...new Set(settings.flatMap((each) => subnetsOf(each, stack)))];
}

/** Subnets in which a service, schedule or event starts its tasks. */
export function subnetsOf(settings: Values, stack: ReadStack): readonly Block[] {
  return stack.targets(settings, "network_configuration.subnets", "aws_subnet");
}
