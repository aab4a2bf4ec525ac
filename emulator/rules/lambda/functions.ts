import { list, object, text } from "../../wire/json";
import { networkRules } from "../network";
import type { Rule, RuleCall } from "../rule";
import { trustsService } from "../trust";
import { service } from "./source";

const operations = ["CreateFunction", "UpdateFunctionConfiguration"];
const source = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html";
const code = "InvalidParameterValueException";

/** Rules of Lambda between its functions, their roles and their VPCs. */
export const functionRules: readonly Rule[] = [
  {
    name: "function-role-trust",
    service,
    operations,
    code,
    rule: "The role of a function must trust lambda.amazonaws.com.",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    refuse: async (call) => {
      const { Role, FunctionName } = call.input;
      const role = text(Role);
      const sourceName = `function:${text(FunctionName).split(":").at(-1) ?? ""}`;
      return role === "" || (await trustsService(call, role, "lambda.amazonaws.com", { source: sourceName }))
        ? undefined
        : "The role defined for the function cannot be assumed by Lambda.";
    },
  },
  {
    name: "function-subnets-without-security-groups",
    service,
    operations,
    code,
    rule: "A function has both subnets and security groups, or neither of them.",
    source,
    refuse: (call) => {
      const { SubnetIds, SecurityGroupIds } = networkOf(call);
      return list(SubnetIds).length > 0 === list(SecurityGroupIds).length > 0
        ? undefined
        : "SubnetIds and SecurityIds must coexist or be both empty list.";
    },
  },
  ...networkRules({
    name: "function",
    resource: "a function",
    service,
    operations,
    source,
    network: (call) => {
      const { SubnetIds: subnets, SecurityGroupIds: securityGroups } = networkOf(call);
      return { subnets, securityGroups };
    },
    missingSubnet: {
      code,
      message: (id) =>
        `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${id}' does not exist`,
    },
    missingSecurityGroup: {
      code,
      message: (id) =>
        `Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '${id}' does not exist`,
    },
    otherVpc: {
      code,
      message: ({ id }) => `${id} is in another VPC. Subnets and security groups are required to be in the same VPC.`,
    },
  }),
];

function networkOf({ input }: RuleCall) {
  return object(input.VpcConfig);
}
