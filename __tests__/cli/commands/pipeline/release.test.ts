import { beyondRelease } from "../../../../cli/commands/pipeline/release/touched";
import type { ResourceChange } from "../../../../cli/commands/guard/plan";

type Actions = ResourceChange["change"]["actions"];

const beyond = (type: string, ...actions: Actions) =>
  beyondRelease({
    resource_changes: [{ address: `${type}.one`, type, change: { actions, replace_paths: [] } }],
  }).length > 0;

test.each<[string, Actions]>([
  ["aws_ecs_task_definition", ["delete", "create"]],
  ["aws_ecs_task_definition", ["create", "delete"]],
  ["aws_ecs_service", ["update"]],
  ["aws_scheduler_schedule", ["update"]],
  ["aws_iam_role", ["no-op"]],
  ["aws_iam_policy_document", ["read"]],
])("%s may %j in a release", (type, actions) => {
  expect(beyond(type, ...actions)).toBe(false);
});

test.each<[string, Actions]>([
  ["aws_ecs_task_definition", ["create"]],
  ["aws_ecs_task_definition", ["delete"]],
  ["aws_ecs_service", ["delete", "create"]],
  ["aws_ecs_service", ["create"]],
  ["aws_scheduler_schedule", ["delete"]],
  ["aws_iam_role_policy", ["update"]],
  ["aws_db_instance", ["delete", "create"]],
])("%s may not %j in a release", (type, actions) => {
  expect(beyond(type, ...actions)).toBe(true);
});
