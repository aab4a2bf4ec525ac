import { arnOf, type ArnScope } from "../../arn";
import { cacheName, cacheUserName } from "../../naming";
import type { ActionTable } from "./table";

const named = (scope: ArnScope, kind: string, name: string) => arnOf(scope, "elasticache", `${kind}:${name}`);
const users = (scope: ArnScope) =>
  ["services", "default"].map((role) => named(scope, "user", cacheUserName(scope, role)));
const userGroup = (scope: ArnScope) => named(scope, "usergroup", cacheUserName(scope, "users"));
const subnets = (scope: ArnScope) => named(scope, "subnetgroup", cacheName(scope));
const tags = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"];
const serviceLinkedRole = "elasticache.amazonaws.com";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html */
export const caches: ActionTable = {
  aws_elasticache_replication_group: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateReplicationGroup"],
    read: [
      "elasticache:DescribeCacheClusters",
      "elasticache:DescribeReplicationGroups",
      "elasticache:ListTagsForResource",
    ],
    update: [
      ...tags,
      "elasticache:DecreaseReplicaCount",
      "elasticache:IncreaseReplicaCount",
      "elasticache:ModifyReplicationGroup",
    ],
    delete: ["elasticache:DeleteReplicationGroup"],
    on: (scope) => [
      named(scope, "replicationgroup", cacheName(scope)),
      // The members of the group, and its final snapshot.
      named(scope, "cluster", `${cacheName(scope)}-*`),
      named(scope, "snapshot", `${cacheName(scope)}-*`),
      named(scope, "parametergroup", "default.*"),
      subnets(scope),
      userGroup(scope),
    ],
    serviceLinkedRole,
  },
  aws_elasticache_serverless_cache: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateServerlessCache"],
    read: ["elasticache:DescribeServerlessCaches", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyServerlessCache"],
    delete: ["elasticache:DeleteServerlessCache"],
    on: (scope) => [
      named(scope, "serverlesscache", cacheName(scope)),
      named(scope, "serverlesscachesnapshot", "*"),
      userGroup(scope),
    ],
    serviceLinkedRole,
  },
  aws_elasticache_subnet_group: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateCacheSubnetGroup"],
    read: ["elasticache:DescribeCacheSubnetGroups", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyCacheSubnetGroup"],
    delete: ["elasticache:DeleteCacheSubnetGroup"],
    on: (scope) => [subnets(scope)],
    serviceLinkedRole,
  },
  aws_elasticache_user: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateUser"],
    read: ["elasticache:DescribeUsers", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyUser"],
    delete: ["elasticache:DeleteUser"],
    on: users,
    serviceLinkedRole,
  },
  aws_elasticache_user_group: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateUserGroup"],
    read: ["elasticache:DescribeUserGroups", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyUserGroup"],
    delete: ["elasticache:DeleteUserGroup"],
    on: (scope) => [userGroup(scope), ...users(scope)],
    serviceLinkedRole,
  },
};
