import { isJsonObject, text, type JsonObject } from "../wire/json";
import { lookUp, type Ask } from "./call";
import { boundaryOf, identityPolicies, once, pages, type Permissions } from "./identity-policies";
import { tagsIn } from "./input";

/** A user of IAM. */
export interface User {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Reads what the user may do by its own policies and those of its groups, once. */
  readonly permissions: () => Promise<Permissions>;
}

/** A user by its account and name, which its ARN contains. */
export interface UserName {
  readonly account: string;
  readonly name: string;
}

/** Finds a user in its account; undefined when it does not exist. */
export type FindUser = (user: UserName) => Promise<User | undefined>;

/** The account and the name in the ARN of a user; undefined for any other text. */
export function userNameOf(arn: string): UserName | undefined {
  const [, account, name] = /^arn:[^:]+:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

/**
 * Operations on a user that is the caller unless the call names another.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 */
const ownOperations: readonly string[] = [
  ...["ChangePassword", "CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey", "GetUser"],
  ...["DeleteSigningCertificate", "ListSigningCertificates", "UpdateSigningCertificate", "UploadSigningCertificate"],
  ...["CreateServiceSpecificCredential", "DeleteServiceSpecificCredential", "ListServiceSpecificCredentials"],
  ...["ResetServiceSpecificCredential", "UpdateServiceSpecificCredential"],
  ...["CreateLoginProfile", "DeleteLoginProfile", "GetLoginProfile", "ListMFADevices", "ListSSHPublicKeys"],
];

/** The input of an operation of IAM with the name of the user that calls, if it is about that user. */
export function ofCallingUser(operation: string, input: JsonObject, caller: string): JsonObject {
  const user = userNameOf(caller);
  const isOwn = user !== undefined && input.UserName === undefined && ownOperations.includes(operation);
  return isOwn ? { ...input, UserName: user.name } : input;
}

/** Reads a user from IAM; undefined when it does not exist. */
export async function readUser(name: string, ask: Ask): Promise<User | undefined> {
  const found = (await lookUp(ask("iam", "GetUser", { UserName: name })))?.User;
  if (!isJsonObject(found)) return undefined;
  return {
    arn: text(found.Arn),
    id: text(found.UserId),
    name: text(found.UserName),
    tags: tagsIn(found),
    permissions: once(async () => {
      const groups = await pages(ask, "ListGroupsForUser", { UserName: name }, "Groups.GroupName");
      const [own, boundary, ...ofGroups] = await Promise.all([
        identityPolicies("User", name, ask),
        boundaryOf(found, ask),
        ...groups.map((group) => identityPolicies("Group", group, ask)),
      ]);
      return { identity: [...own, ...ofGroups.flat()], boundary };
    }),
  };
}
