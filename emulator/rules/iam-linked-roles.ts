import { linkedRoleName } from "../iam/service-linked-role-names";
import { isServicePrincipal } from "../iam/service-principals";
import { object, text } from "../wire/json";
import type { Rule } from "./rule";

const service = "iam";
const reference = "https://docs.aws.amazon.com/IAM/latest/APIReference";
const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const path = "/aws-service-role/";

/** Rules of IAM on the roles that services create and use themselves. */
export const linkedRoles: readonly Rule[] = [
  {
    name: "service-linked-role-service",
    service,
    operations: ["CreateServiceLinkedRole"],
    code: "InvalidInput",
    rule: "A service-linked role is for the principal of a service.",
    source: `${reference}/API_CreateServiceLinkedRole.html`,
    refuse: async ({ input }) => {
      const principal = text(input.AWSServiceName);
      return linkedRoleName(principal) === undefined && !(await isServicePrincipal(principal))
        ? `Service ${principal} is not a valid service principal.`
        : undefined;
    },
  },
  {
    name: "service-linked-role-exists",
    service,
    operations: ["CreateServiceLinkedRole"],
    code: "InvalidInput",
    rule: "An account has one service-linked role of a service, or one for each suffix.",
    source: `${reference}/API_CreateServiceLinkedRole.html`,
    refuse: async ({ input, ask }) => {
      const name = linkedRoleName(text(input.AWSServiceName));
      const suffix = text(input.CustomSuffix);
      const RoleName = `${name ?? ""}${suffix === "" ? "" : `_${suffix}`}`;
      return name !== undefined && (await ask("GetRole", { RoleName })).Role !== undefined
        ? `Service role name ${RoleName} has been taken in this account, please try a different suffix.`
        : undefined;
    },
  },
  {
    name: "service-linked-role-path",
    service,
    operations: ["CreateRole"],
    code: "InvalidInput",
    rule: `The path ${path} is that of service-linked roles only.`,
    source: `${guide}/create-service-linked-role.html`,
    refuse: ({ input }) =>
      text(input.Path).startsWith(path)
        ? `The path ${text(input.Path)} is reserved for service-linked roles.`
        : undefined,
  },
  {
    name: "service-linked-role-protected",
    service,
    operations: [
      ...["AttachRolePolicy", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy"],
      ...["PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy"],
    ],
    code: "UnmodifiableEntity",
    rule: "Only its service changes the permissions of a service-linked role, and deletes the role.",
    source: `${reference}/API_DeleteRole.html`,
    refuse: async ({ input: { RoleName }, ask }) => {
      const { Path } = object((await ask("GetRole", { RoleName })).Role);
      return text(Path).startsWith(path)
        ? `Cannot perform the operation on the protected role '${text(RoleName)}' - this role is only modifiable by AWS`
        : undefined;
    },
  },
];
