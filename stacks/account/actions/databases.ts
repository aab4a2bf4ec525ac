import { arnOf, type Place } from "../../arn";
import { databaseIdentifier, databaseParametersName } from "../../naming";
import type { ActionTable } from "./table";

const named = (place: Place, kind: string, name: string) => arnOf(place, "rds", `${kind}:${name}`);
const subnets = (place: Place) => [named(place, "subgrp", databaseIdentifier(place))];
const parameters = (kind: string) => (place: Place) => [named(place, kind, databaseParametersName(place, "*"))];
// RDS names proxies and their targets itself.
const proxies = (place: Place) => [named(place, "db-proxy", "*"), named(place, "target-group", "*")];

/** What a server is made of and from; the owner's secret, which RDS names, is made for who makes the server. */
const servers = (place: Place) => [
  named(place, "cluster", databaseIdentifier(place)),
  named(place, "db", databaseIdentifier(place)),
  named(place, "db", `${databaseIdentifier(place)}-*`),
  named(place, "cluster-snapshot", "*"),
  named(place, "snapshot", "*"),
  named(place, "og", "default:*"),
  ...subnets(place),
  ...parameters("pg")(place),
  ...parameters("cluster-pg")(place),
  arnOf(place, "kms", "key/*"),
  arnOf(place, "secretsmanager", "secret:rds!*"),
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
    // The provider asks by the id of the resource, which is a filter over all servers.
    readOn: (place) => [named(place, "db", "*")],
    update: [...ownersSecret, ...tags, "rds:ModifyDBInstance", "rds:RebootDBInstance"],
    delete: ["rds:AddTagsToResource", "rds:CreateDBSnapshot", "rds:DeleteDBInstance"],
    on: servers,
    linkedRole: "rds.amazonaws.com",
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
    readOn: (place) => [
      named(place, "cluster", databaseIdentifier(place)),
      named({ ...place, region: "" }, "global-cluster", "*"),
    ],
    update: [...ownersSecret, ...tags, "rds:ModifyDBCluster"],
    delete: ["rds:AddTagsToResource", "rds:CreateDBClusterSnapshot", "rds:DeleteDBCluster"],
    on: servers,
    linkedRole: "rds.amazonaws.com",
  },
  aws_rds_cluster_instance: {
    create: ["rds:AddTagsToResource", "rds:CreateDBInstance"],
    read: ["rds:DescribeDBInstances", "rds:ListTagsForResource"],
    readOn: (place) => [named(place, "db", "*")],
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
    linkedRole: "rds.amazonaws.com",
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
    handsRolesTo: ["rds.amazonaws.com"],
    linkedRole: "rds.amazonaws.com",
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
    on: (place) => [...proxies(place), ...servers(place)],
  },
};
