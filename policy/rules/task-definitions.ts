import { fargateSize } from "../../schema/services/task-size";
import { each, type Rules } from "../rule";

/** ECS task definitions, less what is inside their containers. */
export const taskDefinitionRules = {
  "task-size": {
    severity: "medium",
    why: "Terraform plans a size that Fargate refuses.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
    mend: "write a pair of AWS's table, such as 256 and 512",
    check: each("aws_ecs_task_definition", (task) => {
      const [cpu, memoryMiB] = [task.number("cpu"), task.number("memory")];
      return !fargateSize.safeParse({ cpu, memoryMiB }).success && `asks for cpu ${cpu} with ${memoryMiB} MiB`;
    }),
  },
  "task-roles": {
    severity: "medium",
    why: "What starts a task reads its secrets; what runs in it must not.",
    source: "CKV_AWS_249",
    mend: "give it an execution_role_arn and another task_role_arn",
    check: each("aws_ecs_task_definition", (task) => {
      const [execution, own] = [task.text("execution_role_arn"), task.text("task_role_arn")];
      return (execution === "" || own === "" || execution === own) && "has one role for ECS and for its program";
    }),
  },
  "task-namespaces": {
    severity: "high",
    why: "A container that sees the processes of its host reads their variables.",
    source: "CKV_AWS_335, ECS.3",
    mend: "leave pid_mode and ipc_mode out",
    check: each(
      "aws_ecs_task_definition",
      (task) =>
        (task.get("pid_mode") === "host" || task.get("ipc_mode") === "host") && "shares what belongs to its host",
    ),
  },
  "task-files-encrypted": {
    severity: "medium",
    why: "Files travel between zones on the way to a task.",
    source: "CKV_AWS_97",
    mend: 'set efs_volume_configuration.transit_encryption to "ENABLED"',
    check: each("aws_ecs_task_definition", (task) =>
      task
        .blocks("volume")
        .flatMap((volume) => volume.blocks("efs_volume_configuration"))
        .filter((files) => files.get("transit_encryption") !== "ENABLED")
        .map(() => "reads its files in clear text"),
    ),
  },
} satisfies Rules;
