import { arnOf, type ArnScope } from "../../arn";
import { clusterName, repositoryName, scheduleName, serviceName, taskFamily } from "../../naming";
import type { ActionTable } from "./table";

const cluster = (scope: ArnScope) => [arnOf(scope, "ecs", `cluster/${clusterName(scope)}`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const ecs: ActionTable = {
  aws_ecs_cluster: {
    create: ["ecs:CreateCluster", "ecs:TagResource"],
    read: ["ecs:DescribeClusters"],
    update: ["ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster"],
    delete: ["ecs:DeleteCluster"],
    on: cluster,
    serviceLinkedRole: "ecs.amazonaws.com",
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
    on: (scope) => [arnOf(scope, "ecs", `service/${clusterName(scope)}/${serviceName(scope, "*")}`)],
    // A blue/green, canary or linear deployment changes listener rules with a role.
    passesRolesTo: ["ecs.amazonaws.com"],
  },
  aws_ecs_task_definition: {
    create: ["ecs:RegisterTaskDefinition", "ecs:TagResource"],
    read: ["ecs:DescribeTaskDefinition"],
    update: ["ecs:TagResource", "ecs:UntagResource"],
    delete: ["ecs:DeregisterTaskDefinition"],
    on: (scope) => [arnOf(scope, "ecs", `task-definition/${taskFamily(scope, "*")}:*`)],
    passesRolesTo: ["ecs-tasks.amazonaws.com"],
  },
};

const repositories = (scope: ArnScope) => [arnOf(scope, "ecr", `repository/${repositoryName(scope, "*")}`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export const ecr: ActionTable = {
  aws_ecr_repository: {
    create: ["ecr:CreateRepository", "ecr:TagResource"],
    read: ["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
    update: ["ecr:PutImageScanningConfiguration", "ecr:PutImageTagMutability", "ecr:TagResource", "ecr:UntagResource"],
    delete: ["ecr:DeleteRepository"],
    on: repositories,
  },
  aws_ecr_lifecycle_policy: {
    create: ["ecr:PutLifecyclePolicy"],
    read: ["ecr:GetLifecyclePolicy"],
    update: ["ecr:PutLifecyclePolicy"],
    delete: ["ecr:DeleteLifecyclePolicy"],
    on: repositories,
  },
};

const scalableTargets = (scope: ArnScope) => [arnOf(scope, "application-autoscaling", "scalable-target/*")];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html */
export const scaling: ActionTable = {
  aws_appautoscaling_target: {
    create: ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:TagResource"],
    read: ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:ListTagsForResource"],
    update: [
      "application-autoscaling:RegisterScalableTarget",
      "application-autoscaling:TagResource",
      "application-autoscaling:UntagResource",
    ],
    delete: ["application-autoscaling:DeregisterScalableTarget"],
    on: scalableTargets,
    serviceLinkedRole: "ecs.application-autoscaling.amazonaws.com",
  },
  aws_appautoscaling_policy: {
    // Target tracking creates alarms with the caller's permissions.
    create: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
    read: ["application-autoscaling:DescribeScalingPolicies"],
    update: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
    delete: ["application-autoscaling:DeleteScalingPolicy", "cloudwatch:DeleteAlarms"],
    on: (scope) => [...scalableTargets(scope), arnOf(scope, "cloudwatch", "alarm:TargetTracking-*")],
  },
  aws_appautoscaling_scheduled_action: {
    create: ["application-autoscaling:PutScheduledAction"],
    read: ["application-autoscaling:DescribeScheduledActions"],
    update: ["application-autoscaling:PutScheduledAction"],
    delete: ["application-autoscaling:DeleteScheduledAction"],
    on: scalableTargets,
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
export const scheduler: ActionTable = {
  aws_scheduler_schedule: {
    create: ["scheduler:CreateSchedule"],
    read: ["scheduler:GetSchedule"],
    update: ["scheduler:UpdateSchedule"],
    delete: ["scheduler:DeleteSchedule"],
    on: (scope) => [arnOf(scope, "scheduler", `schedule/default/${scheduleName(scope, "*")}`)],
    passesRolesTo: ["scheduler.amazonaws.com"],
  },
};
