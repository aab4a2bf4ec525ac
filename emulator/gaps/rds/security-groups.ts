import type { Aws, Scope } from "../../models/aws";
import type { Layer } from "../../proxy/layer";
import { isName } from "../../rules/names";
import { defaultVpc } from "../../rules/network";
import { objects, text, type JsonValue } from "../../wire/json";

const operations = [
  "CreateDBInstance",
  "CreateDBCluster",
  "RestoreDBInstanceFromDBSnapshot",
  "RestoreDBInstanceToPointInTime",
  "RestoreDBClusterFromSnapshot",
  "RestoreDBClusterToPointInTime",
];

/**
 * moto gives a database without security groups the default one of the default VPC, and a cluster none; affects
 * `db_subnet_group_name` of `aws_db_instance` and `aws_rds_cluster`. On AWS it is that of the VPC of the subnet group.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function databaseSecurityGroups(aws: Aws): Layer {
  return async (request, next) => {
    const { service, api, account, region } = request;
    if (service !== "rds" || !api || !operations.includes(api.operation)) return next(request);
    const { VpcSecurityGroupIds, DBSubnetGroupName, DBClusterIdentifier } = api.input;
    const isCluster = api.operation.includes("DBCluster");
    // A member of a cluster has those of the cluster; moto finds those of an instance in the default VPC.
    const isFound = DBSubnetGroupName === undefined && !isCluster;
    if (VpcSecurityGroupIds !== undefined || isFound || (!isCluster && DBClusterIdentifier !== undefined)) {
      return next(request);
    }
    const group = await defaultGroup(aws, { account, region }, DBSubnetGroupName);
    if (group === undefined) return next(request);
    const form = new URLSearchParams(request.form);
    form.set("VpcSecurityGroupIds.VpcSecurityGroupId.1", group);
    return next({ ...request, form, body: Buffer.from(form.toString()) });
  };
}

async function defaultGroup(aws: Aws, scope: Scope, subnetGroup: JsonValue): Promise<string | undefined> {
  const ask: Parameters<typeof defaultVpc>[0] = (operation, input, service = "rds") =>
    aws.ask(scope, service, operation, input);
  const vpc = subnetGroup === undefined ? await defaultVpc(ask) : await vpcOf(ask, text(subnetGroup));
  if (vpc === undefined) return undefined;
  const Filters = [
    { Name: "vpc-id", Values: [vpc] },
    { Name: "group-name", Values: ["default"] },
  ];
  const { SecurityGroups } = await ask("DescribeSecurityGroups", { Filters }, "ec2");
  return objects(SecurityGroups).map(({ GroupId }) => text(GroupId))[0];
}

async function vpcOf(ask: Parameters<typeof defaultVpc>[0], name: string): Promise<string | undefined> {
  const { DBSubnetGroups } = await ask("DescribeDBSubnetGroups");
  const group = objects(DBSubnetGroups).find(({ DBSubnetGroupName }) => isName(DBSubnetGroupName, name));
  return group && text(group.VpcId);
}
