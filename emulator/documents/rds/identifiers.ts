import { list, text, type JsonObject } from "../../wire/json";
import { type DocumentCheck, type Refusal } from "../document";

/** The most characters of each identifier. */
const identifiers = [
  ["DBInstanceIdentifier", 63],
  ["DBClusterIdentifier", 63],
  ["NewDBInstanceIdentifier", 63],
  ["NewDBClusterIdentifier", 63],
  ["DBProxyName", 63],
  ["DBParameterGroupName", 255],
  ["DBClusterParameterGroupName", 255],
  ["FinalDBSnapshotIdentifier", 255],
] as const;

/** Names that RDS creates, or that a request creates something with. */
export const databaseIdentifiers: DocumentCheck = {
  service: "rds",
  operations: [
    "CreateDBInstance",
    "CreateDBCluster",
    "CreateDBInstanceReadReplica",
    "ModifyDBInstance",
    "ModifyDBCluster",
    "CreateDBProxy",
    "DeleteDBInstance",
    "DeleteDBCluster",
  ],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  // A reference to a group of RDS's own, `default.postgres17`, has a dot.
  check: (input) => identifier(input, /^default[.:]/),
};

/** Names of parameter groups. */
export const parameterGroupNames: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBParameterGroup", "CreateDBClusterParameterGroup"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
  check: (input) => identifier(input),
};

/** Name and subnets of a DB subnet group. */
export const subnetGroups: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBSubnetGroup", "ModifyDBSubnetGroup"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html",
  check: ({ DBSubnetGroupName, SubnetIds }) => {
    const name = text(DBSubnetGroupName);
    if (!/^[A-Za-z0-9._ -]{1,255}$/.test(name) || name.toLowerCase() === "default") {
      return {
        code: "InvalidParameterValue",
        message:
          "The parameter DBSubnetGroupName must be provided and must not be blank. It must contain only letters, numbers, periods, underscores, spaces or hyphens, and must not be 'default'.",
      };
    }
    return list(SubnetIds).length < 2
      ? {
          code: "DBSubnetGroupDoesNotCoverEnoughAZs",
          message:
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs.",
        }
      : undefined;
  },
};

function identifier(input: JsonObject, own?: RegExp): Refusal | undefined {
  for (const [parameter, longest] of identifiers) {
    const name = text(input[parameter]);
    if (name === "" || own?.test(name)) continue;
    if (!/^[a-z](-?[a-z0-9])*$/i.test(name)) {
      return {
        code: "InvalidParameterValue",
        message: `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
      };
    }
    if (name.length > longest) {
      return {
        code: "InvalidParameterValue",
        message: `The parameter ${parameter} is not a valid identifier because it is longer than ${longest} characters.`,
      };
    }
  }
  return undefined;
}
