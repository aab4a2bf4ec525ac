import { object } from "../../wire/json";
import { networkRules } from "../network";
import { reference, service } from "./reference";

/** Rules on the subnets and security groups of tasks. */
export const networks = networkRules({
  name: "task",
  resource: "a task",
  service,
  operations: ["CreateService", "UpdateService", "RunTask"],
  source: `${reference}/API_AwsVpcConfiguration.html`,
  network: ({ input }) => object(object(input.networkConfiguration).awsvpcConfiguration),
  missingSubnet: {
    code: "InvalidParameterException",
    message: (id) =>
      `Error retrieving subnet information for [${id}]: The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
  },
  missingSecurityGroup: {
    code: "InvalidParameterException",
    message: (id) =>
      `Error retrieving security group information for [${id}]: The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
  },
  otherVpc: {
    code: "InvalidParameterException",
    message: ({ id }) =>
      id.startsWith("sg-")
        ? `Security group ${id} does not appear to belong to the same VPC as the input subnets.`
        : `Subnet ${id} does not appear to belong to the same VPC as the other input subnets.`,
  },
});
