import { text } from "../../wire/json";
import type { Rule } from "../rule";
import {
  cacheClusters,
  named,
  parameterGroups,
  reference,
  replicationGroups,
  serverlessCaches,
  service,
  subnetGroups,
  userGroups,
  users,
} from "./resources";

const types = [
  { name: "user", operation: "CreateUser", type: users, code: "UserAlreadyExists" },
  { name: "user-group", operation: "CreateUserGroup", type: userGroups, code: "UserGroupAlreadyExists" },
  {
    name: "replication-group",
    operation: "CreateReplicationGroup",
    type: replicationGroups,
    code: "ReplicationGroupAlreadyExists",
  },
  {
    name: "serverless-cache",
    operation: "CreateServerlessCache",
    type: serverlessCaches,
    code: "ServerlessCacheAlreadyExistsFault",
  },
  { name: "cache-cluster", operation: "CreateCacheCluster", type: cacheClusters, code: "CacheClusterAlreadyExists" },
  {
    name: "cache-parameter-group",
    operation: "CreateCacheParameterGroup",
    type: parameterGroups,
    code: "CacheParameterGroupAlreadyExists",
  },
  {
    name: "cache-subnet-group",
    operation: "CreateCacheSubnetGroup",
    type: subnetGroups,
    code: "CacheSubnetGroupAlreadyExists",
  },
] as const;

/** Names that exist already: each is unique in its account and Region. */
export const existing: readonly Rule[] = types.map(({ name, operation, type, code }) => ({
  name: `${name}-exists`,
  service,
  operations: [operation],
  code,
  rule: `The ${type.key} of a ${name.replaceAll("-", " ")} is unique in its account and Region.`,
  source: `${reference}/API_${operation}.html`,
  refuse: async (call) => {
    const existingName = text((await named(call, type, call.input[type.key]))?.[type.key]);
    return existingName === "" ? undefined : `${type.key} ${existingName} already exists.`;
  },
}));
