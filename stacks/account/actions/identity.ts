import { arnOf, iamArn, type ArnScope } from "../../arn";
import { roleName } from "../../naming";
import type { ActionTable } from "./table";

const pools = (scope: ArnScope) => [arnOf(scope, "cognito-idp", "userpool/*")];
const roles = (scope: ArnScope) => [iamArn(scope, `role/${roleName(scope, "*")}`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const identity: ActionTable = {
  aws_iam_role: {
    create: ["iam:CreateRole", "iam:TagRole"],
    read: ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
    update: [
      "iam:PutRolePermissionsBoundary",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
    ],
    delete: ["iam:DeleteRole", "iam:ListInstanceProfilesForRole"],
    on: roles,
  },
  aws_iam_role_policy: {
    create: ["iam:PutRolePolicy"],
    read: ["iam:GetRolePolicy"],
    update: ["iam:PutRolePolicy"],
    delete: ["iam:DeleteRolePolicy"],
    on: roles,
  },
  aws_iam_role_policy_attachment: {
    create: ["iam:AttachRolePolicy"],
    read: ["iam:ListAttachedRolePolicies"],
    delete: ["iam:DetachRolePolicy"],
    on: roles,
  },
  aws_cognito_user_pool: {
    create: ["cognito-idp:CreateUserPool", "cognito-idp:SetUserPoolMfaConfig", "cognito-idp:TagResource"],
    read: ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"],
    update: [
      "cognito-idp:SetUserPoolMfaConfig",
      "cognito-idp:TagResource",
      "cognito-idp:UntagResource",
      "cognito-idp:UpdateUserPool",
    ],
    delete: ["cognito-idp:DeleteUserPool"],
    on: pools,
  },
  aws_cognito_user_pool_client: {
    create: ["cognito-idp:CreateUserPoolClient"],
    read: ["cognito-idp:DescribeUserPoolClient"],
    update: ["cognito-idp:UpdateUserPoolClient"],
    delete: ["cognito-idp:DeleteUserPoolClient"],
    on: pools,
  },
  aws_cognito_user_pool_domain: {
    create: ["cognito-idp:CreateUserPoolDomain"],
    read: ["cognito-idp:DescribeUserPoolDomain"],
    update: ["cognito-idp:UpdateUserPoolDomain"],
    delete: ["cognito-idp:DeleteUserPoolDomain"],
    on: pools,
  },
  aws_cognito_resource_server: {
    create: ["cognito-idp:CreateResourceServer"],
    read: ["cognito-idp:DescribeResourceServer"],
    update: ["cognito-idp:UpdateResourceServer"],
    delete: ["cognito-idp:DeleteResourceServer"],
    on: pools,
  },
};
