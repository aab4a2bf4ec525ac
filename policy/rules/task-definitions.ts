import { fargateSize } from "../../schema/services/task-size";
import { each, type Rules } from "../rule";

/** ECS task definitions, apart from their containers. */
export const taskDefinitionRules = {
  "task-size": {
    severity: "medium",
    rationale: "Fargate supports certain pairs of CPU and memory only, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
    remediation:
      "set services.<name>.size to a pair that Fargate supports, such as { cpu: 256, memoryMiB: 512 } (cpu, memory)",
    check: each("aws_ecs_task_definition", (task) => {
      const [cpu, memoryMiB] = [task.number("cpu"), task.number("memory")];
      return !fargateSize.safeParse({ cpu, memoryMiB }).success && `has cpu ${cpu} with ${memoryMiB} MiB`;
    }),
  },
  "task-roles": {
    severity: "medium",
    rationale:
      "With one role for both, the application gets the permissions that ECS needs to read all of the task's secrets.",
    source: "CKV_AWS_249",
    remediation: "set execution_role_arn and task_role_arn to different roles",
    check: each("aws_ecs_task_definition", (task) => {
      const [execution, own] = [task.text("execution_role_arn"), task.text("task_role_arn")];
      return (execution === "" || own === "" || execution === own) && "does not have separate execution and task roles";
    }),
  },
  "task-host-namespaces": {
    severity: "high",
    rationale: "A container in the process namespace of its host can read the environment of other processes.",
    source: "CKV_AWS_335, ECS.3",
    remediation: "remove pid_mode and ipc_mode",
    check: each(
      "aws_ecs_task_definition",
      (task) =>
        (task.get("pid_mode") === "host" || task.get("ipc_mode") === "host") && "shares a namespace with its host",
    ),
  },
  "volume-transit-encryption": {
    severity: "medium",
    rationale: "Files of EFS cross Availability Zones on the network.",
    source: "CKV_AWS_97",
    remediation: 'set efs_volume_configuration.transit_encryption to "ENABLED"',
    check: each("aws_ecs_task_definition", (task) =>
      task
        .blocks("volume")
        .flatMap((volume) => volume.blocks("efs_volume_configuration"))
        .filter((efs) => efs.get("transit_encryption") !== "ENABLED")
        .map(() => "mounts a file system without encryption in transit"),
    ),
  },
} satisfies Rules;
