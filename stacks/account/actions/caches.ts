import { arnOf, type Place } from "../../arn";
import { cacheName, cacheUserName } from "../../naming";
import type { ActionTable } from "./table";

const named = (place: Place, kind: string, name: string) => arnOf(place, "elasticache", `${kind}:${name}`);
const users = (place: Place) => ["services", "default"].map((role) => named(place, "user", cacheUserName(place, role)));
const userGroup = (place: Place) => named(place, "usergroup", cacheUserName(place, "users"));
const subnets = (place: Place) => named(place, "subnetgroup", cacheName(place));
const tags = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"];
const linkedRole = "elasticache.amazonaws.com";

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
    on: (place) => [
      named(place, "replicationgroup", cacheName(place)),
      // Its members, and the snapshot that it leaves.
      named(place, "cluster", `${cacheName(place)}-*`),
      named(place, "snapshot", `${cacheName(place)}-*`),
      named(place, "parametergroup", "default.*"),
      subnets(place),
      userGroup(place),
    ],
    linkedRole,
  },
  aws_elasticache_serverless_cache: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateServerlessCache"],
    read: ["elasticache:DescribeServerlessCaches", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyServerlessCache"],
    delete: ["elasticache:DeleteServerlessCache"],
    on: (place) => [
      named(place, "serverlesscache", cacheName(place)),
      named(place, "serverlesscachesnapshot", "*"),
      userGroup(place),
    ],
    linkedRole,
  },
  aws_elasticache_subnet_group: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateCacheSubnetGroup"],
    read: ["elasticache:DescribeCacheSubnetGroups", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyCacheSubnetGroup"],
    delete: ["elasticache:DeleteCacheSubnetGroup"],
    on: (place) => [subnets(place)],
    linkedRole,
  },
  aws_elasticache_user: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateUser"],
    read: ["elasticache:DescribeUsers", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyUser"],
    delete: ["elasticache:DeleteUser"],
    on: users,
    linkedRole,
  },
  aws_elasticache_user_group: {
    create: ["elasticache:AddTagsToResource", "elasticache:CreateUserGroup"],
    read: ["elasticache:DescribeUserGroups", "elasticache:ListTagsForResource"],
    update: [...tags, "elasticache:ModifyUserGroup"],
    delete: ["elasticache:DeleteUserGroup"],
    on: (place) => [userGroup(place), ...users(place)],
    linkedRole,
  },
};
