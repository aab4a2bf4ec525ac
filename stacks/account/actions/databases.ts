import { arnOf, type ArnScope } from "../../arn";
import { databaseIdentifier, databaseParametersName } from "../../naming";
import type { ActionTable } from "./table";

const named = (scope: ArnScope, kind: string, name: string) => arnOf(scope, "rds", `${kind}:${name}`);
const subnets = (scope: ArnScope) => [named(scope, "subgrp", databaseIdentifier(scope))];
const parameters = (kind: string) => (scope: ArnScope) => [named(scope, kind, databaseParametersName(scope, "*"))];
// RDS generates the ids of proxies and their target groups.
const proxies = (scope: ArnScope) => [named(scope, "db-proxy", "*"), named(scope, "target-group", "*")];

/** A database server, what it is created from, and the secret of the master user, which RDS names. */
const servers = (scope: ArnScope) => [
  named(scope, "cluster", databaseIdentifier(scope)),
  named(scope, "db", databaseIdentifier(scope)),
  named(scope, "db", `${databaseIdentifier(scope)}-*`),
  named(scope, "cluster-snapshot", "*"),
  named(scope, "snapshot", "*"),
  named(scope, "og", "default:*"),
  ...subnets(scope),
  ...parameters("pg")(scope),
  ...parameters("cluster-pg")(scope),
  arnOf(scope, "kms", "key/*"),
  arnOf(scope, "secretsmanager", "secret:rds!*"),
];

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-permissions
const ownersSecret = ["kms:DescribeKey", "secretsmanager:CreateSecret", "secretsmanager:TagResource"];
const tags = ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html */
export const databases: ActionTable = {
  aws_db_instance: {
    create: [
      ...ownersSecret,
      "rds:AddTagsToResource",
      "rds:CreateDBInstance",
      "rds:ModifyDBInstance",
      "rds:RestoreDBInstanceFromDBSnapshot",
    ],
    read: ["rds:DescribeDBInstances", "rds:ListTagsForResource"],
    // The provider filters all servers by resource id.
    readOn: (scope) => [named(scope, "db", "*")],
    update: [...ownersSecret, ...tags, "rds:ModifyDBInstance", "rds:RebootDBInstance"],
    delete: ["rds:AddTagsToResource", "rds:CreateDBSnapshot", "rds:DeleteDBInstance"],
    on: servers,
    serviceLinkedRole: "rds.amazonaws.com",
  },
  aws_rds_cluster: {
    create: [
      ...ownersSecret,
      "rds:AddTagsToResource",
      "rds:CreateDBCluster",
      "rds:ModifyDBCluster",
      "rds:RestoreDBClusterFromSnapshot",
    ],
    read: ["rds:DescribeDBClusters", "rds:DescribeGlobalClusters", "rds:ListTagsForResource"],
    readOn: (scope) => [
      named(scope, "cluster", databaseIdentifier(scope)),
      named({ ...scope, region: "" }, "global-cluster", "*"),
    ],
    update: [...ownersSecret, ...tags, "rds:ModifyDBCluster"],
    delete: ["rds:AddTagsToResource", "rds:CreateDBClusterSnapshot", "rds:DeleteDBCluster"],
    on: servers,
    serviceLinkedRole: "rds.amazonaws.com",
  },
  aws_rds_cluster_instance: {
    create: ["rds:AddTagsToResource", "rds:CreateDBInstance"],
    read: ["rds:DescribeDBInstances", "rds:ListTagsForResource"],
    readOn: (scope) => [named(scope, "db", "*")],
    update: [...tags, "rds:ModifyDBInstance"],
    delete: ["rds:DeleteDBInstance"],
    on: servers,
  },
  aws_db_subnet_group: {
    create: ["rds:AddTagsToResource", "rds:CreateDBSubnetGroup"],
    read: ["rds:DescribeDBSubnetGroups", "rds:ListTagsForResource"],
    update: [...tags, "rds:ModifyDBSubnetGroup"],
    delete: ["rds:DeleteDBSubnetGroup"],
    on: subnets,
    serviceLinkedRole: "rds.amazonaws.com",
  },
  aws_db_parameter_group: {
    create: ["rds:AddTagsToResource", "rds:CreateDBParameterGroup", "rds:ModifyDBParameterGroup"],
    read: ["rds:DescribeDBParameterGroups", "rds:DescribeDBParameters", "rds:ListTagsForResource"],
    update: [...tags, "rds:ModifyDBParameterGroup", "rds:ResetDBParameterGroup"],
    delete: ["rds:DeleteDBParameterGroup"],
    on: parameters("pg"),
  },
  aws_rds_cluster_parameter_group: {
    create: ["rds:AddTagsToResource", "rds:CreateDBClusterParameterGroup", "rds:ModifyDBClusterParameterGroup"],
    read: ["rds:DescribeDBClusterParameterGroups", "rds:DescribeDBClusterParameters", "rds:ListTagsForResource"],
    update: [...tags, "rds:ModifyDBClusterParameterGroup", "rds:ResetDBClusterParameterGroup"],
    delete: ["rds:DeleteDBClusterParameterGroup"],
    on: parameters("cluster-pg"),
  },
  aws_db_proxy: {
    create: ["rds:AddTagsToResource", "rds:CreateDBProxy"],
    read: ["rds:DescribeDBProxies", "rds:ListTagsForResource"],
    update: [...tags, "rds:ModifyDBProxy"],
    delete: ["rds:DeleteDBProxy"],
    on: proxies,
    passesRolesTo: ["rds.amazonaws.com"],
    serviceLinkedRole: "rds.amazonaws.com",
  },
  aws_db_proxy_default_target_group: {
    create: ["rds:ModifyDBProxyTargetGroup"],
    read: ["rds:DescribeDBProxyTargetGroups"],
    update: ["rds:ModifyDBProxyTargetGroup"],
    on: proxies,
  },
  aws_db_proxy_target: {
    create: ["rds:RegisterDBProxyTargets"],
    read: ["rds:DescribeDBProxyTargets"],
    delete: ["rds:DeregisterDBProxyTargets"],
    on: (scope) => [...proxies(scope), ...servers(scope)],
  },
};
