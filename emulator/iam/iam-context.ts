import { text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall, type Requirement } from "./call";
import { stringsAt } from "./input";

/** Operations whose condition iam:PermissionsBoundary is the boundary in the request. */
const setting = ["CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"];

/** Operations whose condition iam:PermissionsBoundary is the boundary that the role has. */
const having = [
  ...["AttachRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePolicy"],
];

/**
 * The condition keys of IAM in a request.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export async function iamContext(call: ModelledCall, ask: Ask): Promise<NonNullable<Requirement["context"]>> {
  const { operation, input } = call;
  if (setting.includes(operation)) return { "iam:PermissionsBoundary": text(input.PermissionsBoundary) || undefined };
  const policy = operation === "AttachRolePolicy" || operation === "DetachRolePolicy";
  if (!having.includes(operation)) return {};
  const role = await lookUp(ask("iam", "GetRole", { RoleName: input.RoleName }));
  const [boundary] = stringsAt(role, "Role.PermissionsBoundary.PermissionsBoundaryArn");
  return { "iam:PermissionsBoundary": boundary, "iam:PolicyARN": policy ? text(input.PolicyArn) : undefined };
}
