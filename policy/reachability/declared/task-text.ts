import type { Host } from "../model/hosts";
import type { Model } from "../model/model";
import { mentionsOf } from "../model/reference";
import type { Resource } from "../model/terraform";

/** The task definitions of what runs tasks, as text: what they mention, the tasks use. */
export function taskText(model: Model, task: Host): string {
  return taskFields(model, task)
    .map((fields) => JSON.stringify(fields))
    .join("\n");
}

/** The resources of some types that the volumes of what runs tasks mention. */
export function volumeMentions(model: Model, task: Host, types: readonly string[]): readonly string[] {
  const volumes = definitionsOf(model, task).map((fields) => fields.volume);
  return mentionsOf(volumes, types);
}

function taskFields(model: Model, task: Host): readonly unknown[] {
  return definitionsOf(model, task).map((fields) => fields.container_definitions);
}

function definitionsOf({ resources }: Model, { name }: Host): readonly Resource["fields"][] {
  const definitions = mentionsOf(resources.at(name)?.fields, ["aws_ecs_task_definition"]);
  return definitions.map((address) => resources.at(address)?.fields ?? {});
}
