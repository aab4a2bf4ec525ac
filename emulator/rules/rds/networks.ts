import { object, objects, text, type JsonValue } from "../../wire/json";
import { defaultVpc, misplaced, networkRules, type Network } from "../network";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import { clusterNamed, instanceNamed, reference, service } from "./databases";

/** Rules on the security groups of databases. */
export const networks: readonly Rule[] = [
  {
    name: "db-cluster-subnet-group-unknown",
    service,
    operations: ["CreateDBCluster", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime"],
    code: "DBSubnetGroupNotFoundFault",
    status: 404,
    rule: "The subnet group of a DB cluster exists.",
    source: `${reference}/API_CreateDBCluster.html`,
    refuse: async (call) => {
      const { DBSubnetGroupName } = call.input;
      return DBSubnetGroupName === undefined || (await vpcOfGroup(call, DBSubnetGroupName)) !== undefined
        ? undefined
        : `DB subnet group '${text(DBSubnetGroupName)}' does not exist.`;
    },
  },
  {
    name: "db-subnet-group-of-another-vpc",
    service,
    operations: ["ModifyDBSubnetGroup"],
    code: "InvalidParameterValue",
    rule: "A DB subnet group keeps its VPC when its subnets change.",
    source: `${reference}/API_ModifyDBSubnetGroup.html`,
    refuse: async (call) => {
      const vpc = await vpcOfGroup(call, call.input.DBSubnetGroupName);
      const other = vpc && (await misplaced(call.ask, { subnets: call.input.SubnetIds, vpc }));
      return other ? "The new Subnets are not in the same Vpc as the existing subnet group" : undefined;
    },
  },
  {
    name: "db-subnet-group-of-same-vpc",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidVPCNetworkStateFault",
    rule: "A DB instance moves only to a DB subnet group of another VPC.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    refuse: async (call) => {
      const { DBSubnetGroupName, DBInstanceIdentifier } = call.input;
      if (DBSubnetGroupName === undefined) return undefined;
      const current = object((await instanceNamed(call, DBInstanceIdentifier))?.DBSubnetGroup);
      const vpc = await vpcOfGroup(call, DBSubnetGroupName);
      return vpc !== undefined && vpc === current.VpcId && !isName(current.DBSubnetGroupName, DBSubnetGroupName)
        ? `You cannot move DB instance ${text(DBInstanceIdentifier)} to subnet group ${text(DBSubnetGroupName)}. The specified DB subnet group and DB instance are in the same VPC. Choose a DB subnet group in different VPC than the specified DB instance and try again.`
        : undefined;
    },
  },
  {
    name: "db-public-without-internet-gateway",
    service,
    operations: ["CreateDBInstance"],
    code: "InvalidVPCNetworkStateFault",
    rule: "The VPC of a publicly accessible DB instance has an internet gateway.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    refuse: async (call) => {
      const vpc = call.input.PubliclyAccessible === true ? await vpcOf(call) : undefined;
      if (vpc === undefined) return undefined;
      const Filters = [{ Name: "attachment.vpc-id", Values: [vpc] }];
      const { InternetGateways } = await call.ask("DescribeInternetGateways", { Filters }, "ec2");
      return objects(InternetGateways).length === 0
        ? "Cannot create a publicly accessible DBInstance. The specified VPC has no internet gateway attached. Update the VPC and then try again"
        : undefined;
    },
  },
  ...networkRules({
    name: "db",
    resource: "a DB instance or DB cluster",
    service,
    operations: [
      "CreateDBInstance",
      "CreateDBCluster",
      "ModifyDBInstance",
      "ModifyDBCluster",
      "RestoreDBInstanceFromDBSnapshot",
      "RestoreDBInstanceToPointInTime",
      "RestoreDBClusterFromSnapshot",
      "RestoreDBClusterToPointInTime",
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    network: networkOf,
    missingSecurityGroup: {
      code: "InvalidParameterValue",
      message: (id) => `Invalid security group , groupId= ${id}, groupName= .`,
    },
    otherVpc: {
      code: "InvalidParameterCombination",
      message: ({ vpc, expected }) =>
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${expected} and the EC2 security group is in ${vpc}`,
    },
  }),
];

async function networkOf(call: RuleCall): Promise<Network | undefined> {
  const securityGroups = call.input.VpcSecurityGroupIds;
  if (securityGroups === undefined) return undefined;
  const vpc = await vpcOf(call);
  return vpc === undefined ? { securityGroups } : { securityGroups, vpc };
}

/** The VPC of the database; undefined when the call does not decide it. */
async function vpcOf(call: RuleCall): Promise<string | undefined> {
  const { DBSubnetGroupName, DBInstanceIdentifier, DBClusterIdentifier } = call.input;
  if (DBSubnetGroupName !== undefined) return vpcOfGroup(call, DBSubnetGroupName);
  switch (call.operation) {
    case "ModifyDBInstance":
      return text(object((await instanceNamed(call, DBInstanceIdentifier))?.DBSubnetGroup).VpcId) || undefined;
    case "ModifyDBCluster":
      return vpcOfGroup(call, (await clusterNamed(call, DBClusterIdentifier))?.DBSubnetGroup);
    case "CreateDBInstance":
      return DBClusterIdentifier === undefined ? defaultVpc(call.ask) : undefined;
    case "CreateDBCluster":
      return defaultVpc(call.ask);
    default:
      return undefined;
  }
}

async function vpcOfGroup({ ask }: RuleCall, name: JsonValue): Promise<string | undefined> {
  const { DBSubnetGroups } = await ask("DescribeDBSubnetGroups");
  const group = objects(DBSubnetGroups).find(({ DBSubnetGroupName }) => isName(DBSubnetGroupName, name));
  return group && text(group.VpcId);
}
