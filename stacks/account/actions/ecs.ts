import { clusterName, serviceName, taskFamily } from "../../naming";
import { arnOf, type Place } from "../place";
import type { ActionTable } from "./table";

const cluster = (place: Place) => [arnOf(place, "ecs", `cluster/${clusterName(place)}`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const ecs: ActionTable = {
  aws_ecs_cluster: {
    create: ["ecs:CreateCluster", "ecs:TagResource"],
    read: ["ecs:DescribeClusters"],
    update: ["ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster"],
    delete: ["ecs:DeleteCluster"],
    on: cluster,
    linkedRole: "ecs.amazonaws.com",
  },
  aws_ecs_cluster_capacity_providers: {
    create: ["ecs:PutClusterCapacityProviders"],
    read: ["ecs:DescribeClusters"],
    update: ["ecs:PutClusterCapacityProviders"],
    delete: ["ecs:PutClusterCapacityProviders"],
    on: cluster,
  },
  aws_ecs_service: {
    create: ["ecs:CreateService", "ecs:TagResource"],
    read: ["ecs:DescribeServices"],
    update: ["ecs:TagResource", "ecs:UntagResource", "ecs:UpdateService"],
    delete: ["ecs:DeleteService", "ecs:UpdateService"],
    on: (place) => [arnOf(place, "ecs", `service/${clusterName(place)}/${serviceName(place, "*")}`)],
    // A deployment that shifts requests changes listener rules by a role.
    handsRolesTo: ["ecs.amazonaws.com"],
  },
  aws_ecs_task_definition: {
    create: ["ecs:RegisterTaskDefinition", "ecs:TagResource"],
    read: ["ecs:DescribeTaskDefinition"],
    update: ["ecs:TagResource", "ecs:UntagResource"],
    delete: ["ecs:DeregisterTaskDefinition"],
    on: (place) => [arnOf(place, "ecs", `task-definition/${taskFamily(place, "*")}:*`)],
    handsRolesTo: ["ecs-tasks.amazonaws.com"],
  },
};
