import type { Host } from "../model/hosts";
import type { Model } from "../model/model";
import { mentionsOf } from "../model/reference";

/** The task definitions of what runs tasks, as text: what they mention, the tasks use. */
export function taskText({ resources }: Model, task: Host): string {
  return taskFields(resources, task)
    .map((fields) => JSON.stringify(fields))
    .join("\n");
}

/** The resources of some types that the task definitions of what runs tasks mention. */
export function taskMentions({ resources }: Model, task: Host, types: readonly string[]): readonly string[] {
  return mentionsOf(taskFields(resources, task), types);
}

function taskFields(resources: Model["resources"], { name }: Host) {
  const definitions = mentionsOf(resources.at(name)?.fields, ["aws_ecs_task_definition"]);
  return definitions.map((address) => resources.at(address)?.fields.container_definitions);
}
