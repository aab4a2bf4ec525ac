import { text } from "../wire/json";
import type { ModelledCall } from "./call";
import type { Role } from "./role";
import { roleNameOf, type RoleName } from "./roles";

/** Finds a role in its account; undefined when it does not exist. */
export type FindRole = (role: RoleName) => Promise<Role | undefined>;

/** The role that a call to AWS STS assumes, in the account of its ARN; undefined when it does not exist. */
export async function assumedRole({ input }: ModelledCall, findRole: FindRole): Promise<Role | undefined> {
  const arn = text(input.RoleArn);
  const name = roleNameOf(arn);
  const role = name && (await findRole(name));
  return role?.arn === arn ? role : undefined;
}
