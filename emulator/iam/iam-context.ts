import { text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall, type Requirement } from "./call";
import { stringsAt } from "./input";

/** Operations whose condition iam:PermissionsBoundary is the boundary in the request. */
const setting = ["CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"];

/** Operations whose condition iam:PermissionsBoundary is the boundary that the role or user has. */
const having = /^(Attach|Delete|Detach|Put)(Role|User)Policy$|^Delete(Role|User)PermissionsBoundary$/;

/** Operations with the condition iam:PolicyARN. */
const attaching = /^(Attach|Detach)(Role|User|Group)Policy$/;

/**
 * The condition keys of IAM in a request.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export async function iamContext(call: ModelledCall, ask: Ask): Promise<NonNullable<Requirement["context"]>> {
  const { operation, input } = call;
  if (setting.includes(operation)) return { "iam:PermissionsBoundary": text(input.PermissionsBoundary) || undefined };
  const policy = attaching.test(operation) ? text(input.PolicyArn) : undefined;
  if (!having.test(operation)) return { "iam:PolicyARN": policy };
  const kind = operation.includes("User") ? "User" : "Role";
  const found = await lookUp(ask("iam", `Get${kind}`, { [`${kind}Name`]: input[`${kind}Name`] }));
  const [boundary] = stringsAt(found, `${kind}.PermissionsBoundary.PermissionsBoundaryArn`);
  return { "iam:PermissionsBoundary": boundary, "iam:PolicyARN": policy };
}
