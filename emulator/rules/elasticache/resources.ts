import { objects, type JsonObject, type JsonValue } from "../../wire/json";
import { isName } from "../names";
import type { RuleCall } from "../rule";

/** Where AWS documents the operations of ElastiCache. */
export const reference = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference";
/** Where AWS documents users and user groups. */
export const accessControl = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html";
export const service = "elasticache";

/** A type of resource, as its Describe operation returns it. */
interface Type {
  readonly operation: string;
  readonly list: string;
  readonly key: string;
}

export const users: Type = { operation: "DescribeUsers", list: "Users", key: "UserId" };
export const userGroups: Type = { operation: "DescribeUserGroups", list: "UserGroups", key: "UserGroupId" };
export const replicationGroups: Type = {
  operation: "DescribeReplicationGroups",
  list: "ReplicationGroups",
  key: "ReplicationGroupId",
};
export const serverlessCaches: Type = {
  operation: "DescribeServerlessCaches",
  list: "ServerlessCaches",
  key: "ServerlessCacheName",
};
export const cacheClusters: Type = {
  operation: "DescribeCacheClusters",
  list: "CacheClusters",
  key: "CacheClusterId",
};
export const parameterGroups: Type = {
  operation: "DescribeCacheParameterGroups",
  list: "CacheParameterGroups",
  key: "CacheParameterGroupName",
};
export const subnetGroups: Type = {
  operation: "DescribeCacheSubnetGroups",
  list: "CacheSubnetGroups",
  key: "CacheSubnetGroupName",
};

/** All resources of a type. */
export async function all({ ask }: RuleCall, { operation, list }: Type): Promise<readonly JsonObject[]> {
  return objects((await ask(operation))[list]);
}

/** The resource with a name. */
export async function named(call: RuleCall, type: Type, name: JsonValue): Promise<JsonObject | undefined> {
  return (await all(call, type)).find((each) => isName(each[type.key], name));
}
