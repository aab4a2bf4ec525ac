import { arnOf, type ArnScope } from "../../arn";
import type { ActionTable } from "./table";

// Terraform generates the names of load balancers and target groups from a prefix, which does not contain the stage.
const service = "elasticloadbalancing";
const balancers = (scope: ArnScope) => [arnOf(scope, service, "loadbalancer/*")];
const groups = (scope: ArnScope) => [arnOf(scope, service, "targetgroup/*")];
const listeners = (scope: ArnScope) => [arnOf(scope, service, "listener/*"), ...balancers(scope)];
const rules = (scope: ArnScope) => [arnOf(scope, service, "listener-rule/*"), arnOf(scope, service, "listener/*")];
const tags = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
export const loadBalancers: ActionTable = {
  aws_lb: {
    create: [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
    ],
    read: [
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ],
    update: [
      ...tags,
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ],
    // The provider waits until the network interfaces are gone.
    delete: ["ec2:DescribeNetworkInterfaces", "elasticloadbalancing:DeleteLoadBalancer"],
    on: balancers,
    serviceLinkedRole: "elasticloadbalancing.amazonaws.com",
  },
  aws_lb_target_group: {
    create: [
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
    ],
    read: [
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
    ],
    update: [...tags, "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes"],
    delete: ["elasticloadbalancing:DeleteTargetGroup"],
    on: groups,
  },
  aws_lb_target_group_attachment: {
    create: ["elasticloadbalancing:RegisterTargets"],
    read: ["elasticloadbalancing:DescribeTargetHealth"],
    delete: ["elasticloadbalancing:DeregisterTargets"],
    on: groups,
  },
  aws_lb_listener: {
    create: ["elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener"],
    read: [
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeTags",
    ],
    update: [...tags, "elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes"],
    delete: ["elasticloadbalancing:DeleteListener"],
    on: listeners,
  },
  aws_lb_listener_rule: {
    create: ["elasticloadbalancing:AddTags", "elasticloadbalancing:CreateRule"],
    read: ["elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"],
    update: [...tags, "elasticloadbalancing:ModifyRule", "elasticloadbalancing:SetRulePriorities"],
    delete: ["elasticloadbalancing:DeleteRule"],
    on: rules,
  },
};
