import type { Plan, ResourceChange } from "../../guard/plan";

/** What a new image does to resources: a new revision, and who runs it points to that. */
const releasing: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_task_definition: ["create delete"],
  aws_ecs_service: ["update"],
  aws_scheduler_schedule: ["update"],
};

/** The changes of a plan that are no release. */
export function beyondRelease({
  resource_changes: changes,
}: Pick<Plan, "resource_changes">): readonly ResourceChange[] {
  return changes.filter(({ type, change }) => {
    const actions = change.actions.filter((action) => action !== "no-op" && action !== "read").toSorted();
    return actions.length > 0 && releasing[type]?.includes(actions.join(" ")) !== true;
  });
}
