import { text, type JsonObject } from "../wire/json";
import { lookUp, type Ask, type ModelledCall, type Requirement } from "./call";
import { stringsAt } from "./input";

/** Operations whose condition iam:PermissionsBoundary is the boundary in the request. */
const setting = ["CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"];

/** Operations whose condition iam:PermissionsBoundary is the boundary that the role or user has. */
const having = /^(AttachX|DeleteX|DetachX|PutX)Policy$|^DeleteXPermissionsBoundary$/;

/**
 * The condition keys of IAM in a request.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export async function iamContext(call: ModelledCall, ask: Ask): Promise<NonNullable<Requirement["context"]>> {
  const { operation, input } = call;
  if (setting.includes(operation)) return { "iam:PermissionsBoundary": text(input.PermissionsBoundary) || undefined };
  const policy = /^(Attach|Detach)(Group|Role|User)Policy$/.test(operation);
  const boundary = having.test(operation.replace(/Role|User/, "X")) ? await boundaryOf(input, ask) : undefined;
  return {
    ...(boundary !== undefined && { "iam:PermissionsBoundary": boundary }),
    ...(policy && { "iam:PolicyARN": text(input.PolicyArn) }),
  };
}

async function boundaryOf({ RoleName: role, UserName: user }: JsonObject, ask: Ask): Promise<string | undefined> {
  const found =
    role === undefined ? ask("iam", "GetUser", { UserName: user }) : ask("iam", "GetRole", { RoleName: role });
  const { Role, User = Role } = (await lookUp(found)) ?? {};
  return stringsAt(User, "PermissionsBoundary.PermissionsBoundaryArn")[0];
}
