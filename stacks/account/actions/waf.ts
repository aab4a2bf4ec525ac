import { arnOf, type ArnScope } from "../../arn";
import { webAclName } from "../../naming";
import type { ActionTable } from "./table";

const acls = (scope: ArnScope) => [arnOf(scope, "wafv2", `regional/webacl/${webAclName(scope)}/*`)];
const sets = (scope: ArnScope) => [arnOf(scope, "wafv2", `regional/ipset/${webAclName(scope)}-*/*`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html */
export const waf: ActionTable = {
  aws_wafv2_web_acl: {
    create: ["wafv2:CreateWebACL", "wafv2:TagResource"],
    read: ["wafv2:GetWebACL", "wafv2:ListTagsForResource"],
    update: ["wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateWebACL"],
    delete: ["wafv2:DeleteWebACL"],
    // The rules refer to IP sets and managed rule groups, which the caller must be allowed to use.
    on: (scope) => [
      ...acls(scope),
      ...sets(scope),
      arnOf({ ...scope, accountId: "*" }, "wafv2", "regional/managedruleset/*/*"),
    ],
  },
  aws_wafv2_ip_set: {
    create: ["wafv2:CreateIPSet", "wafv2:TagResource"],
    read: ["wafv2:GetIPSet", "wafv2:ListTagsForResource"],
    update: ["wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateIPSet"],
    delete: ["wafv2:DeleteIPSet"],
    on: sets,
  },
  aws_wafv2_web_acl_association: {
    create: ["apigateway:SetWebACL", "elasticloadbalancing:SetWebAcl", "wafv2:AssociateWebACL"],
    read: ["wafv2:GetWebACLForResource"],
    delete: ["apigateway:SetWebACL", "elasticloadbalancing:SetWebAcl", "wafv2:DisassociateWebACL"],
    on: (scope) => [
      ...acls(scope),
      `arn:${scope.partition}:apigateway:${scope.region}::/restapis/*/stages/${scope.stage}`,
      arnOf(scope, "elasticloadbalancing", "loadbalancer/app/*/*"),
    ],
  },
  aws_wafv2_web_acl_logging_configuration: {
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    create: [
      "logs:CreateLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:PutResourcePolicy",
      "wafv2:PutLoggingConfiguration",
    ],
    read: ["wafv2:GetLoggingConfiguration"],
    update: ["wafv2:PutLoggingConfiguration"],
    delete: ["logs:DeleteLogDelivery", "wafv2:DeleteLoggingConfiguration"],
    on: acls,
    serviceLinkedRole: "wafv2.amazonaws.com",
  },
};
