import { Construct } from "constructs";
import type { WebConfig, WorkerConfig } from "../../schema";
import { terraformName } from "../naming";
import { addOutput } from "../readable-stack";
import type { Task } from "./task/task";

export interface OneOffTasksProps {
  readonly name: string;
  readonly service: WebConfig | WorkerConfig;
  readonly task: Task;
}

/** Programs of a service that run once, started by a person or a pipeline: a task definition for each. */
export class OneOffTasks extends Construct {
  constructor(scope: Construct, id: string, props: OneOffTasksProps) {
    super(scope, id);
    const { name: service, task } = props;
    for (const [name, { command }] of Object.entries(props.service.tasks)) {
      const definition = task.oneOff(this, name, { name, command });
      addOutput(this, terraformName(service, name, "task_definition"), {
        value: definition.arn,
        description: `Task definition of ${name} of service ${service}`,
      });
    }
  }
}
