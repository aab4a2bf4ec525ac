import { jsonReaders, queryReaders, type Reader } from "../reader";
import { text } from "../../wire/json";

const iam = queryReaders("iam", "2010-05-08", { global: true });
const userPools = jsonReaders("cognito-idp", "AWSCognitoIdentityProviderService");
const identityPools = jsonReaders("cognito-identity", "AWSCognitoIdentityService");

/** IAM and Cognito. */
export const identity: readonly Reader[] = [
  iam("Role", "ListRoles", "Roles.member", "RoleName", {
    lingering: ({ Path }) =>
      text(Path).startsWith("/aws-service-role/")
        ? "a service-linked role stays after its service was used"
        : undefined,
  }),
  iam("Policy", "ListPolicies&Scope=Local", "Policies.member", "PolicyName"),
  iam("Instance profile", "ListInstanceProfiles", "InstanceProfiles.member", "InstanceProfileName"),
  iam("User", "ListUsers", "Users.member", "UserName"),
  iam("Group", "ListGroups", "Groups.member", "GroupName"),
  iam("OpenID Connect provider", "ListOpenIDConnectProviders", "OpenIDConnectProviderList.member", "Arn"),
  userPools("User pool", "ListUserPools", "UserPools", "Name", {
    input: { MaxResults: 60 },
    within: ({ Id }) => [
      userPools("User pool client", "ListUserPoolClients", "UserPoolClients", "ClientName", {
        input: { UserPoolId: Id, MaxResults: 60 },
      }),
    ],
  }),
  identityPools("Identity pool", "ListIdentityPools", "IdentityPools", "IdentityPoolName", {
    input: { MaxResults: 60 },
  }),
];
