import { textOf, valueAt } from "../fields";
import type { ResourceChange } from "../plan";
import type { Interruption, PartOf } from "./interruption";
import { serviceText } from "./services";

const ofFileSystem: PartOf = { type: "aws_efs_file_system", by: "file_system_id", key: "id" };

const namespace: Interruption = {
  thing: "namespace",
  what: () => "calls between services by name",
  until: "the new namespace exists, and tasks are registered in it",
  minutes: 5,
};

/** What is not available without parts of clusters and services. */
export const taskInterruptions: Readonly<Record<string, Interruption>> = {
  aws_ecs_cluster: {
    thing: "cluster",
    what: () => "all services",
    until: "the services are created in the new cluster, and their tasks are healthy",
    minutes: 10,
  },
  aws_ecs_service: {
    thing: "service",
    what: serviceText,
    until: "the old tasks have stopped, and those of the new service are healthy",
    minutes: 5,
    partOf: [{ type: "aws_ecs_cluster", by: "cluster", key: "arn" }],
  },
  aws_service_discovery_http_namespace: namespace,
  aws_service_discovery_private_dns_namespace: namespace,
  aws_service_discovery_service: {
    thing: "registration",
    what: (resource) => `calls of other services to the name ${before(resource, "name")}`,
    until: "tasks are registered again",
    minutes: 2,
    whenDeleted: false,
  },
  aws_scheduler_schedule: {
    thing: "schedule",
    what: (resource) => `starts by the schedule ${before(resource, "name")}`,
    until: "the new schedule exists",
    minutes: 1,
  },
  aws_iam_role: {
    thing: "role",
    what: (resource) => `calls of AWS with the role ${before(resource, "name")}`,
    until: "the new role exists with its policies, and has reached all of AWS",
    minutes: 1,
    whenDeleted: false,
  },
  aws_efs_mount_target: {
    thing: "mount target",
    what: () => "files of the file system, and starts of tasks that mount it, in one zone",
    until: "the new mount target is available",
    minutes: 3,
    whenDeleted: false,
    partOf: [ofFileSystem],
  },
  aws_efs_access_point: {
    thing: "access point",
    what: () => "starts of tasks that mount the file system",
    until: "the new access point exists, and the service runs a task definition that names it",
    minutes: 2,
    whenDeleted: false,
    partOf: [ofFileSystem],
  },
  aws_ecr_repository: {
    thing: "repository",
    what: (resource) => `starts of tasks with an image of ${before(resource, "name")}`,
    until: "an image is pushed to the new repository",
    whenDeleted: false,
  },
  aws_instance: {
    thing: "instance",
    what: () => "the bastion",
    until: "the new instance runs",
    minutes: 2,
  },
  aws_ec2_instance_connect_endpoint: {
    thing: "endpoint of Instance Connect",
    what: () => "the bastion",
    until: "the new endpoint is available",
    minutes: 5,
  },
};

function before({ change }: ResourceChange, field: string): string {
  return textOf(valueAt(change.before, field));
}
