import { list, object, objects, text } from "../wire/json";
import { linkedRoles } from "./iam-linked-roles";
import { iamNameInUse } from "./iam-names";
import { passwordPolicy } from "./iam-passwords";
import type { RuleCall, RuleSet } from "./rule";

const service = "iam";
const reference = "https://docs.aws.amazon.com/IAM/latest/APIReference";
const quotas = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** Default quota of managed policies that are attached to a role. */
const policiesOfRole = 10;

/** Rules of IAM between policies and the roles to which they are attached. */
export function iam(): RuleSet {
  return {
    rules: [
      iamNameInUse,
      ...linkedRoles,
      passwordPolicy,
      {
        name: "aws-managed-policy",
        service,
        operations: [
          ...["CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion"],
          ...["TagPolicy", "UntagPolicy"],
        ],
        code: "AccessDenied",
        status: 403,
        rule: "The managed policies of AWS cannot be changed.",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        refuse: ({ operation, input, caller }) =>
          /^arn:[^:]+:iam::aws:/.test(text(input.PolicyArn))
            ? `User: ${caller} is not authorized to perform: iam:${operation} on resource: policy ${text(input.PolicyArn)}`
            : undefined,
      },
      {
        name: "oidc-provider-url",
        service,
        operations: ["CreateOpenIDConnectProvider"],
        code: "ValidationError",
        rule: "The URL of an OIDC provider begins with https://.",
        source: `${reference}/API_CreateOpenIDConnectProvider.html`,
        refuse: ({ input }) =>
          text(input.Url).startsWith("https://") ? undefined : "Invalid Open ID Connect Provider URL",
      },
      {
        name: "policy-attached",
        service,
        operations: ["DeletePolicy"],
        code: "DeleteConflict",
        status: 409,
        rule: "A policy that is attached to a user, group or role, or is a permissions boundary, cannot be deleted.",
        source: `${reference}/API_DeletePolicy.html`,
        refuse: async ({ input, ask }) => {
          const entities = await ask("ListEntitiesForPolicy", { PolicyArn: input.PolicyArn });
          const attached = [entities.PolicyRoles, entities.PolicyUsers, entities.PolicyGroups].flatMap(list);
          return attached.length > 0 || (await isBoundary(ask, text(input.PolicyArn)))
            ? "Cannot delete a policy attached to entities."
            : undefined;
        },
      },
      {
        name: "policy-with-versions",
        service,
        operations: ["DeletePolicy"],
        code: "DeleteConflict",
        status: 409,
        rule: "A policy can be deleted only after its versions other than the default one.",
        source: `${reference}/API_DeletePolicy.html`,
        refuse: async ({ input, ask }) => {
          const { Versions } = await ask("ListPolicyVersions", { PolicyArn: input.PolicyArn });
          return list(Versions).length > 1
            ? "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."
            : undefined;
        },
      },
      {
        name: "permissions-boundary-exists",
        service,
        operations: ["CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"],
        code: "NoSuchEntity",
        status: 404,
        rule: "The policy that is the permissions boundary of a role or user must exist.",
        source: `${reference}/API_CreateRole.html`,
        refuse: async ({ input, ask }) => {
          const PolicyArn = input.PermissionsBoundary;
          if (PolicyArn === undefined || (await ask("GetPolicy", { PolicyArn })).Policy !== undefined) return undefined;
          return `Scope ARN: ${text(PolicyArn)} does not exist or is not attachable.`;
        },
      },
      {
        name: "role-policies-quota",
        service,
        operations: ["AttachRolePolicy"],
        code: "LimitExceeded",
        status: 409,
        rule: "At most 10 managed policies are attached to a role.",
        source: quotas,
        refuse: async ({ input, ask }) => {
          const { AttachedPolicies } = await ask("ListAttachedRolePolicies", { RoleName: input.RoleName });
          const arns = new Set([...objects(AttachedPolicies).map(({ PolicyArn }) => PolicyArn), input.PolicyArn]);
          return arns.size > policiesOfRole ? `Cannot exceed quota for PoliciesPerRole: ${policiesOfRole}` : undefined;
        },
      },
      {
        name: "user-with-keys",
        service,
        operations: ["DeleteUser"],
        code: "DeleteConflict",
        status: 409,
        rule: "A user with a password, access keys, MFA devices or groups cannot be deleted.",
        source: `${reference}/API_DeleteUser.html`,
        refuse: async ({ input, ask }) => {
          const { UserName } = input;
          const { LoginProfile } = await ask("GetLoginProfile", { UserName });
          if (LoginProfile !== undefined) return "Cannot delete entity, must delete login profile first.";
          const { MFADevices } = await ask("ListMFADevices", { UserName });
          if (list(MFADevices).length > 0) return "Cannot delete entity, must delete MFA device first.";
          const { AccessKeyMetadata } = await ask("ListAccessKeys", { UserName });
          if (list(AccessKeyMetadata).length > 0) return "Cannot delete entity, must delete access keys first.";
          const { Groups } = await ask("ListGroupsForUser", { UserName });
          return list(Groups).length > 0 ? "Cannot delete entity, must remove users from group first." : undefined;
        },
      },
      {
        name: "group-in-use",
        service,
        operations: ["DeleteGroup"],
        code: "DeleteConflict",
        status: 409,
        rule: "A group with users or policies cannot be deleted.",
        source: `${reference}/API_DeleteGroup.html`,
        refuse: async ({ input, ask }) => {
          const { GroupName } = input;
          const { Users } = await ask("GetGroup", { GroupName });
          if (list(Users).length > 0) {
            return "Cannot delete entity, must remove users from group first.";
          }
          const { AttachedPolicies } = await ask("ListAttachedGroupPolicies", { GroupName });
          if (list(AttachedPolicies).length > 0) return "Cannot delete entity, must detach all policies first.";
          const { PolicyNames } = await ask("ListGroupPolicies", { GroupName });
          return list(PolicyNames).length > 0 ? "Cannot delete entity, must delete policies first." : undefined;
        },
      },
    ],
  };
}

// The users and roles in lists have no boundaries: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
async function isBoundary(ask: RuleCall["ask"], policyArn: string): Promise<boolean> {
  const { Roles, Users } = { ...(await ask("ListRoles", { MaxItems: 1000 })), ...(await ask("ListUsers")) };
  const roles = objects(Roles).map(({ RoleName }) => ask("GetRole", { RoleName }));
  const users = objects(Users).map(({ UserName }) => ask("GetUser", { UserName }));
  const found = await Promise.all([...roles, ...users]);
  return found.some(({ Role, User }) => {
    const { PermissionsBoundary } = object(Role ?? User);
    return object(PermissionsBoundary).PermissionsBoundaryArn === policyArn;
  });
}
