import { list, object, text, type JsonObject, type JsonValue } from "../../wire/json";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import {
  accessControl,
  all,
  named,
  reference,
  replicationGroups,
  serverlessCaches,
  service,
  userGroups,
  users,
} from "./resources";

const groupOperations = ["CreateUserGroup", "ModifyUserGroup"];

/** Rules between users and user groups. */
export const userRules: readonly Rule[] = [
  {
    name: "user-not-found",
    service,
    operations: groupOperations,
    code: "UserNotFound",
    status: 404,
    rule: "The users of a user group must exist.",
    source: `${reference}/API_CreateUserGroup.html`,
    refuse: async (call) => {
      const known = await all(call, users);
      const missing = idsIn(call.input.UserIds, call.input.UserIdsToAdd).find(
        (id) => id !== builtIn.UserId && !known.some(({ UserId }) => isName(UserId, id)),
      );
      return missing === undefined ? undefined : `User ${missing} not found.`;
    },
  },
  {
    name: "default-user-required",
    service,
    operations: groupOperations,
    code: "DefaultUserRequired",
    rule: "A user group of the engine redis has a user whose name is default.",
    source: `${reference}/API_CreateUserGroup.html`,
    refuse: async (call) => {
      const { engine, members } = await groupAfter(call);
      return engine === "redis" && !members.some(({ UserName }) => UserName === "default")
        ? "User group should contain a user with the user name default."
        : undefined;
    },
  },
  {
    name: "user-name-twice",
    service,
    operations: groupOperations,
    code: "DuplicateUserName",
    rule: "The users of a user group have different names.",
    source: `${reference}/API_CreateUserGroup.html`,
    refuse: async (call) => {
      const names = (await groupAfter(call)).members.map(({ UserName }) => text(UserName));
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      return twice === undefined ? undefined : `Duplicate user name: ${twice}`;
    },
  },
  {
    name: "valkey-user-without-password",
    service,
    operations: groupOperations,
    code: "InvalidParameterValue",
    rule: "The users of a user group of the engine valkey authenticate with a password or with IAM.",
    source: accessControl,
    refuse: async (call) => {
      const { engine, members } = await groupAfter(call);
      const open = members.find(({ Authentication }) => object(Authentication).Type === "no-password");
      return engine === "valkey" && open
        ? `User ${text(open.UserId)} does not require a password, which user groups of the engine valkey do not allow.`
        : undefined;
    },
  },
  {
    name: "default-user-in-group",
    service,
    operations: ["DeleteUser"],
    code: "DefaultUserAssociatedToUserGroup",
    rule: "A user whose name is default cannot be deleted while a user group has it.",
    source: `${reference}/API_DeleteUser.html`,
    refuse: async (call) => {
      const user = await named(call, users, call.input.UserId);
      if (user?.UserName !== "default") return undefined;
      const groups = (await all(call, userGroups)).filter(({ UserIds }) => list(UserIds).includes(user.UserId));
      return groups.length > 0
        ? `The default user ${text(user.UserId)} is associated to the user groups ${groups.map(({ UserGroupId }) => text(UserGroupId)).join(", ")}`
        : undefined;
    },
  },
  {
    name: "user-group-in-use",
    service,
    operations: ["DeleteUserGroup"],
    code: "InvalidUserGroupState",
    rule: "A user group cannot be deleted while a cache has it.",
    source: `${reference}/API_DeleteUserGroup.html`,
    refuse: async (call) => {
      const id = call.input.UserGroupId;
      const groups = await all(call, replicationGroups);
      const caches = await all(call, serverlessCaches);
      const isUsed =
        groups.some(({ UserGroupIds }) => list(UserGroupIds).some((each) => isName(each, id))) ||
        caches.some(({ UserGroupId }) => isName(UserGroupId, id));
      return isUsed ? `User group ${text(id)} is associated to a replication group or serverless cache.` : undefined;
    },
  },
];

// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html: every account has this user.
const builtIn: JsonObject = { UserId: "default", UserName: "default", Authentication: { Type: "no-password" } };

/** The engine and the users that a group has after the request. */
async function groupAfter(
  call: RuleCall,
): Promise<{ readonly engine: string; readonly members: readonly JsonObject[] }> {
  const { UserGroupId, Engine, UserIds, UserIdsToAdd, UserIdsToRemove } = call.input;
  const before = call.operation === "ModifyUserGroup" ? await named(call, userGroups, UserGroupId) : undefined;
  const removed = idsIn(UserIdsToRemove);
  const kept = idsIn(before?.UserIds).filter((id) => !removed.includes(id));
  const ids = new Set([...kept, ...idsIn(UserIds, UserIdsToAdd)]);
  const known = [...(await all(call, users)), builtIn];
  // A user that does not exist is refused by another rule.
  const members = known.filter(({ UserId }) => ids.has(text(UserId)));
  return { engine: (text(before?.Engine) || text(Engine)).toLowerCase(), members };
}

function idsIn(...lists: readonly JsonValue[]): readonly string[] {
  return lists.flatMap((ids) => list(ids).map(text));
}
