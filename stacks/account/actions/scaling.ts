import { arnOf, type Place } from "../place";
import type { ActionTable } from "./table";

const on = (place: Place) => [arnOf(place, "application-autoscaling", "scalable-target/*")];

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
    on,
    linkedRole: "ecs.application-autoscaling.amazonaws.com",
  },
  aws_appautoscaling_policy: {
    // Target tracking sets alarms in the caller's name.
    create: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
    read: ["application-autoscaling:DescribeScalingPolicies"],
    update: ["application-autoscaling:PutScalingPolicy", "cloudwatch:PutMetricAlarm"],
    delete: ["application-autoscaling:DeleteScalingPolicy", "cloudwatch:DeleteAlarms"],
    on: (place) => [...on(place), arnOf(place, "cloudwatch", "alarm:TargetTracking-*")],
  },
  aws_appautoscaling_scheduled_action: {
    create: ["application-autoscaling:PutScheduledAction"],
    read: ["application-autoscaling:DescribeScheduledActions"],
    update: ["application-autoscaling:PutScheduledAction"],
    delete: ["application-autoscaling:DeleteScheduledAction"],
    on,
  },
};
