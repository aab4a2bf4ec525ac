import {
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteReplicationGroupCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ModifyUserGroupCommand,
  type CreateReplicationGroupCommandInput,
} from "@aws-sdk/client-elasticache";
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";

type Engine = "redis" | "valkey";

describe("ElastiCache", () => {
  const aws = emulatorForSuite();
  const cache = () => new ElastiCacheClient(aws.client());
  let count = 0;
  const name = (): string => `own-${++count}`;

  const createUser = async (
    Engine: Engine,
    UserName = name(),
    hasPassword = true,
    UserId = name(),
  ): Promise<string> => {
    const authentication = hasPassword ? { Passwords: ["not-a-real-password"] } : { NoPasswordRequired: true };
    const user = { UserId, UserName, Engine, AccessString: "on ~* +@all", ...authentication };
    await cache().send(new CreateUserCommand(user));
    return UserId;
  };
  const createUserGroup = async (Engine: Engine, UserIds: string[], UserGroupId = name()): Promise<string> => {
    await cache().send(new CreateUserGroupCommand({ UserGroupId, Engine, UserIds }));
    return UserGroupId;
  };
  const deleteUser = (UserId: string) => cache().send(new DeleteUserCommand({ UserId }));
  const deleteUserGroup = (UserGroupId: string) => cache().send(new DeleteUserGroupCommand({ UserGroupId }));
  const createGroup = async (settings: Partial<CreateReplicationGroupCommandInput> = {}): Promise<string> => {
    const ReplicationGroupId = settings.ReplicationGroupId ?? name();
    const group = { ReplicationGroupId, ReplicationGroupDescription: "own", Engine: "valkey", ...settings };
    await cache().send(new CreateReplicationGroupCommand(group));
    return ReplicationGroupId;
  };
  const deleteGroup = (ReplicationGroupId: string, FinalSnapshotIdentifier?: string) =>
    cache().send(new DeleteReplicationGroupCommand({ ReplicationGroupId, FinalSnapshotIdentifier }));
  const createSubnetGroup = async (CacheSubnetGroupName = name()): Promise<string> => {
    const ec2 = new EC2Client(aws.client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: "10.0.0.0/24" }));
    const group = { CacheSubnetGroupName, CacheSubnetGroupDescription: "own", SubnetIds: [Subnet?.SubnetId ?? ""] };
    await cache().send(new CreateCacheSubnetGroupCommand(group));
    return CacheSubnetGroupName;
  };
  const createParameterGroup = async (CacheParameterGroupFamily: string, CacheParameterGroupName = name()) => {
    const group = { CacheParameterGroupName, CacheParameterGroupFamily, Description: "own" };
    await cache().send(new CreateCacheParameterGroupCommand(group));
    return CacheParameterGroupName;
  };

  it("refuses a second user with an id [user-exists]", async () => {
    const id = await createUser("valkey");
    expect(await refusal(createUser("valkey", name(), true, id))).toBe("UserAlreadyExists");
    await deleteUser(id);
    expect(await refusal(createUser("valkey", name(), true, id))).toBe("");
  });

  it("refuses a second user group with an id [user-group-exists]", async () => {
    const id = await createUserGroup("valkey", [await createUser("valkey")]);
    expect(await refusal(createUserGroup("valkey", [await createUser("valkey")], id))).toBe("UserGroupAlreadyExists");
  });

  it("refuses a second replication group with an id [replication-group-exists]", async () => {
    const ReplicationGroupId = await createGroup();
    expect(await refusal(createGroup({ ReplicationGroupId }))).toBe("ReplicationGroupAlreadyExists");
    await deleteGroup(ReplicationGroupId);
    expect(await refusal(createGroup({ ReplicationGroupId }))).toBe("");
  });

  it("refuses a second serverless cache with a name [serverless-cache-exists]", async () => {
    const put = () => cache().send(new CreateServerlessCacheCommand({ ServerlessCacheName: "own", Engine: "valkey" }));
    expect(await refusal(put())).toBe("");
    expect(await refusal(put())).toBe("ServerlessCacheAlreadyExistsFault");
  });

  it("refuses a second parameter group with a name [cache-parameter-group-exists]", async () => {
    const group = await createParameterGroup("valkey8");
    expect(await refusal(createParameterGroup("valkey8", group))).toBe("CacheParameterGroupAlreadyExists");
  });

  it("refuses a second subnet group with a name [cache-subnet-group-exists]", async () => {
    const group = await createSubnetGroup();
    expect(await refusal(createSubnetGroup(group))).toBe("CacheSubnetGroupAlreadyExists");
  });

  it("refuses a user group with a user that does not exist [user-not-found]", async () => {
    const user = await createUser("valkey");
    expect(await refusal(createUserGroup("valkey", ["unknown"]))).toBe("UserNotFound");
    expect(await refusal(createUserGroup("valkey", [user]))).toBe("");
  });

  it("refuses a redis user group without a default user [default-user-required]", async () => {
    const user = await createUser("redis");
    expect(await refusal(createUserGroup("redis", [user]))).toBe("DefaultUserRequired");
    expect(await refusal(createUserGroup("redis", ["default", user]))).toBe("");
    expect(await refusal(createUserGroup("redis", [user, await createUser("redis", "default")]))).toBe("");
  });

  it("refuses to remove the only default user of a redis user group [default-user-required]", async () => {
    const own = await createUser("redis", "default");
    const UserGroupId = await createUserGroup("redis", ["default", await createUser("redis")]);
    const swap = (settings: object) => cache().send(new ModifyUserGroupCommand({ UserGroupId, ...settings }));
    expect(await refusal(swap({ UserIdsToRemove: ["default"] }))).toBe("DefaultUserRequired");
    expect(await refusal(swap({ UserIdsToRemove: ["default"], UserIdsToAdd: [own] }))).toBe("");
  });

  it("refuses two users with one name in a group [user-name-twice]", async () => {
    const [one, two] = [await createUser("valkey", "app"), await createUser("valkey", "app")];
    expect(await refusal(createUserGroup("valkey", [one, two]))).toBe("DuplicateUserName");
    expect(await refusal(createUserGroup("valkey", [one]))).toBe("");
  });

  it("refuses a user without a password in a valkey user group [valkey-user-without-password]", async () => {
    const open = await createUser("redis", "default", false);
    expect(await refusal(createUserGroup("valkey", [open]))).toBe("InvalidParameterValue");
    expect(await refusal(createUserGroup("redis", [open]))).toBe("");
    expect(await refusal(createUserGroup("valkey", [await createUser("redis", "default")]))).toBe("");
  });

  it("reads no-password-required back as no-password", async () => {
    const AuthenticationMode = { Type: "no-password-required" } as const;
    const user = { UserId: name(), UserName: "app", Engine: "redis", AccessString: "on ~* +@all", AuthenticationMode };
    await cache().send(new CreateUserCommand(user));
    const { Users } = await cache().send(new DescribeUsersCommand({ UserId: user.UserId }));
    expect(Users?.[0]?.Authentication).toEqual({ Type: "no-password" });
  });

  it("refuses to delete the default user of a group [default-user-in-group]", async () => {
    const user = await createUser("redis", "default");
    const group = await createUserGroup("redis", [user]);
    expect(await refusal(deleteUser(user))).toBe("DefaultUserAssociatedToUserGroup");
    await deleteUserGroup(group);
    expect(await refusal(deleteUser(user))).toBe("");
  });

  it("removes a deleted user from its groups", async () => {
    const user = await createUser("valkey");
    const UserGroupId = await createUserGroup("valkey", [user, await createUser("valkey")]);
    expect(await refusal(deleteUser(user))).toBe("");
    const { UserGroups } = await cache().send(new DescribeUserGroupsCommand({ UserGroupId }));
    expect(UserGroups?.[0]?.UserIds).not.toContain(user);
  });

  it("refuses to delete a user group in use [user-group-in-use]", async () => {
    const group = await createUserGroup("valkey", [await createUser("valkey")]);
    const id = await createGroup({ UserGroupIds: [group], TransitEncryptionEnabled: true });
    expect(await refusal(deleteUserGroup(group))).toBe("InvalidUserGroupState");
    await deleteGroup(id);
    expect(await refusal(deleteUserGroup(group))).toBe("");
  });

  it("refuses to delete the user group of a serverless cache [user-group-in-use]", async () => {
    const UserGroupId = await createUserGroup("valkey", [await createUser("valkey")]);
    const serverless = { ServerlessCacheName: name(), Engine: "valkey", UserGroupId };
    await cache().send(new CreateServerlessCacheCommand(serverless));
    expect(await refusal(deleteUserGroup(UserGroupId))).toBe("InvalidUserGroupState");
  });

  it("refuses a user group that does not exist [user-group-not-found]", async () => {
    const group = { UserGroupIds: ["unknown"], TransitEncryptionEnabled: true };
    expect(await refusal(createGroup(group))).toBe("UserGroupNotFound");
  });

  it("refuses a valkey user group for a redis cache [user-group-engine]", async () => {
    const valkey = await createUserGroup("valkey", [await createUser("valkey")]);
    const redis = await createUserGroup("redis", ["default"]);
    const use = (Engine: Engine, group: string) =>
      createGroup({ Engine, UserGroupIds: [group], TransitEncryptionEnabled: true });
    expect(await refusal(use("redis", valkey))).toBe("InvalidParameterCombination");
    expect(await refusal(use("redis", redis))).toBe("");
    expect(await refusal(use("valkey", redis))).toBe("");
    expect(await refusal(use("valkey", valkey))).toBe("");
  });

  it("refuses user groups and AUTH tokens without encryption in transit [user-group-without-tls]", async () => {
    const UserGroupIds = [await createUserGroup("valkey", [await createUser("valkey")])];
    expect(await refusal(createGroup({ UserGroupIds }))).toBe("InvalidParameterCombination");
    const AuthToken = "not-a-real-auth-token";
    expect(await refusal(createGroup({ AuthToken }))).toBe("InvalidParameterCombination");
    expect(await refusal(createGroup({ AuthToken, TransitEncryptionEnabled: true }))).toBe("");
  });

  it("refuses automatic failover without a replica [failover-without-replica]", async () => {
    const failover = { AutomaticFailoverEnabled: true };
    expect(await refusal(createGroup({ ...failover, NumCacheClusters: 1 }))).toBe("InvalidParameterCombination");
    expect(await refusal(createGroup({ ...failover, NumCacheClusters: 2 }))).toBe("");
    const zones = { MultiAZEnabled: true, AutomaticFailoverEnabled: false, NumCacheClusters: 2 };
    expect(await refusal(createGroup(zones))).toBe("InvalidParameterCombination");
  });

  it("refuses a subnet group that does not exist [cache-subnet-group-not-found]", async () => {
    expect(await refusal(createGroup({ CacheSubnetGroupName: "unknown" }))).toBe("CacheSubnetGroupNotFoundFault");
  });

  it("refuses a parameter group that does not exist [cache-parameter-group-not-found]", async () => {
    expect(await refusal(createGroup({ CacheParameterGroupName: "unknown" }))).toBe("CacheParameterGroupNotFound");
    expect(await refusal(createGroup({ CacheParameterGroupName: "default.valkey8" }))).toBe("");
  });

  it("refuses a parameter group of another family [cache-parameter-group-family]", async () => {
    const CacheParameterGroupName = await createParameterGroup("valkey7");
    const group = { CacheParameterGroupName, Engine: "valkey" };
    expect(await refusal(createGroup({ ...group, EngineVersion: "8.0" }))).toBe("InvalidParameterCombination");
    expect(await refusal(createGroup({ ...group, EngineVersion: "7.2" }))).toBe("");
  });

  it("refuses to delete a subnet group in use [cache-subnet-group-in-use]", async () => {
    const CacheSubnetGroupName = await createSubnetGroup();
    const id = await createGroup({ CacheSubnetGroupName });
    const end = () => cache().send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName }));
    expect(await refusal(end())).toBe("CacheSubnetGroupInUse");
    await deleteGroup(id);
    expect(await refusal(end())).toBe("");
  });

  it("refuses to delete a parameter group in use [cache-parameter-group-in-use]", async () => {
    const CacheParameterGroupName = await createParameterGroup("valkey8");
    const id = await createGroup({ CacheParameterGroupName, EngineVersion: "8.0" });
    const end = () => cache().send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName }));
    expect(await refusal(end())).toBe("InvalidCacheParameterGroupState");
    await deleteGroup(id);
    expect(await refusal(end())).toBe("");
  });

  it("refuses a final snapshot whose name exists [final-cache-snapshot-exists]", async () => {
    await deleteGroup(await createGroup(), "last");
    const id = await createGroup();
    expect(await refusal(deleteGroup(id, "last"))).toBe("SnapshotAlreadyExistsFault");
    expect(await refusal(deleteGroup(id, "other"))).toBe("");
  });
});
