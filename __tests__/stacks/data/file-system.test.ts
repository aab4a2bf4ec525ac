import { containersOf } from "../../fixtures/synthesized";
import { minimalJob, minimalService, stackOf, stackWith } from "../../fixtures/stage";

const stack = stackOf({ fileSystem: { mountPath: "/var/files" } });
const files = "aws_efs_file_system.services_orders";
const accessPoint = "aws_efs_access_point.services_orders_file_system";

describe("the file system of a service", () => {
  it("is created only when configured", () => {
    expect(stackOf({}).addresses.filter((address) => address.startsWith("aws_efs"))).toEqual([]);
  });

  it("is encrypted, and backed up every day", () => {
    expect(stack.resource(files)).toMatchObject({ encrypted: true, throughput_mode: "elastic" });
    expect(stack.resource("aws_efs_backup_policy.services_orders_file_system")).toEqual({
      file_system_id: `\${${files}.id}`,
      backup_policy: { status: "ENABLED" },
    });
  });

  it("moves files to Infrequent Access 30 days after their last use, and back at the next", () => {
    expect(stack.resource(files)?.lifecycle_policy).toEqual([
      { transition_to_ia: "AFTER_30_DAYS" },
      { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
    ]);
  });

  it("is mounted over TLS with IAM authorization through an access point", () => {
    expect(stack.resource("aws_ecs_task_definition.services_orders")?.volume).toEqual([
      {
        name: "files",
        efs_volume_configuration: {
          file_system_id: `\${${files}.id}`,
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: `\${${accessPoint}.id}`, iam: "ENABLED" },
        },
      },
    ]);
    expect(containersOf(stack).orders?.mountPoints).toEqual([
      { sourceVolume: "files", containerPath: "/var/files", readOnly: false },
    ]);
  });

  it("belongs to the user that the container runs as", () => {
    const owned = (uid: number, gid: number) => ({
      posix_user: { uid, gid },
      root_directory: { path: "/files", creation_info: { owner_uid: uid, owner_gid: gid, permissions: "0750" } },
    });
    expect(stack.resource(accessPoint)).toMatchObject(owned(1000, 1000));
    const other = stackOf({ fileSystem: { mountPath: "/var/files" }, user: "101:102" });
    expect(other.resource(accessPoint)).toMatchObject(owned(101, 102));
    const groupless = stackOf({ fileSystem: { mountPath: "/var/files" }, user: "101" });
    expect(groupless.resource(accessPoint)).toMatchObject(owned(101, 101));
  });

  it("is accessible to the task role only through its access point", () => {
    expect(stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement).toEqual([
      {
        actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        resources: [`\${${files}.arn}`],
        condition: [
          { test: "StringEquals", variable: "elasticfilesystem:AccessPointArn", values: [`\${${accessPoint}.arn}`] },
        ],
      },
    ]);
  });

  it("has a mount target in every zone, which is deleted after the tasks have left it, and ingress only from the tasks on port 2049", () => {
    const group = (path: string) => `\${aws_security_group.services_${path}.id}`;
    for (const zone of ["a", "b"]) {
      expect(stack.resource(`aws_efs_mount_target.services_orders_file_system_${zone}`)).toMatchObject({
        subnet_id: `\${aws_subnet.network_isolated_${zone}.id}`,
        security_groups: [group("orders_file_system")],
        lifecycle: { create_before_destroy: true },
      });
    }
    const rules = Object.values(stack.all("aws_vpc_security_group_ingress_rule"));
    const into = rules.filter((rule) => rule.security_group_id === group("orders_file_system"));
    expect(into).toMatchObject([
      { referenced_security_group_id: group("orders"), from_port: 2049, to_port: 2049, ip_protocol: "tcp" },
    ]);
  });

  it("has its mount targets before a task or a job starts", () => {
    const mounts = (service: string) =>
      ["a", "b"].map((zone) => `aws_efs_mount_target.services_${service}_file_system_${zone}`);
    const services = { orders: minimalService, sweep: { ...minimalJob, fileSystem: { mountPath: "/files" } } };
    expect(stack.resource("aws_ecs_service.services_orders")?.depends_on).toEqual(
      expect.arrayContaining(mounts("orders")),
    );
    expect(stackWith({ services }).resource("aws_scheduler_schedule.services_sweep")?.depends_on).toEqual(
      expect.arrayContaining(mounts("sweep")),
    );
  });
});
