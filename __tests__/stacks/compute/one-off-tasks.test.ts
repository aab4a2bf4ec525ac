import { containersOf } from "../../fixtures/synthesized";
import { openNetwork as network, stackOf } from "../../fixtures/stage";

const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
const stack = stackOf(
  {
    tasks: { migrate: { command: ["node", "migrate.js"] }, "load-data": { command: ["node", "load.js"] } },
    secrets: { STRIPE: { secretArn } },
    environment: { AREA: "a" },
    tmpfs: { "/tmp": { sizeMiB: 16 } },
    fileSystem: { mountPath: "/files" },
    sidecars: { envoy: { image: "public.ecr.aws/envoy/envoy:1", memoryMiB: 64, dependencyCondition: "start" } },
    logs: { driver: "firelens", destination: "s3" },
    size: { cpu: 512, memoryMiB: 1024 },
  },
  { network },
);
const definition = stack.resource("aws_ecs_task_definition.services_orders_tasks_migrate");
const service = stack.resource("aws_ecs_task_definition.services_orders");
const { migrate } = containersOf(stack, "orders_tasks_migrate");
const { orders } = containersOf(stack);

describe("a one-off task", () => {
  it("is a task definition of its own family with the size, roles and files of its service", () => {
    expect(definition).toMatchObject({ family: "shop-orders-migrate-task-dev01" });
    for (const field of ["cpu", "memory", "execution_role_arn", "task_role_arn", "runtime_platform", "network_mode"]) {
      expect(definition?.[field]).toEqual(service?.[field]);
      expect(definition?.[field]).toBeDefined();
    }
    expect(definition?.volume).toMatchObject([{ name: "files", efs_volume_configuration: {} }]);
  });

  it("runs its own command with the image, secrets and variables of its service", () => {
    expect(migrate?.command).toEqual(["node", "migrate.js"]);
    for (const field of ["image", "secrets", "environment", "user", "readonlyRootFilesystem", "linuxParameters"]) {
      expect(migrate?.[field]).toEqual(orders?.[field]);
      expect(migrate?.[field]).toBeDefined();
    }
    expect(migrate?.mountPoints).toEqual([{ sourceVolume: "files", containerPath: "/files", readOnly: false }]);
  });

  it("has one container without a port, a health check, a restart policy or a log router", () => {
    expect(Object.keys(containersOf(stack, "orders_tasks_migrate"))).toEqual(["migrate"]);
    for (const field of ["portMappings", "healthCheck", "restartPolicy", "dependsOn", "cpu"]) {
      expect(migrate).not.toHaveProperty(field);
    }
    expect(migrate?.logConfiguration).toMatchObject({
      logDriver: "awslogs",
      options: { "awslogs-stream-prefix": "migrate" },
    });
  });

  it("has an output with the ARN of its revision", () => {
    expect(stack.json.output).toMatchObject({
      orders_migrate_task_definition: { value: "${aws_ecs_task_definition.services_orders_tasks_migrate.arn}" },
      orders_load_data_task_definition: { value: "${aws_ecs_task_definition.services_orders_tasks_load_data.arn}" },
    });
  });
});
