import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { trustsService } from "../trust";

const service = "ec2";

/** Rules on the roles and instance profiles that EC2 is handed. */
export const roleRules: readonly Rule[] = [
  {
    name: "flow-log-role-trust",
    service,
    operations: ["CreateFlowLogs"],
    code: "InvalidParameter",
    rule: "The role of a flow log must trust vpc-flow-logs.amazonaws.com.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    refuse: async (call) => {
      const arn = text(call.input.DeliverLogsPermissionArn);
      const assumption = { source: "vpc-flow-log/*", service };
      return arn === "" || (await trustsService(call, arn, "vpc-flow-logs.amazonaws.com", assumption))
        ? undefined
        : "Unable to assume given IAM role";
    },
  },
  {
    name: "instance-profile-invalid",
    service,
    operations: ["RunInstances", "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation"],
    code: "InvalidParameterValue",
    rule: "The instance profile of an instance must exist and have a role.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
    refuse: async ({ input, ask, iam }) => {
      const { Arn, Name } = object(input.IamInstanceProfile);
      const value = text(Arn) || text(Name);
      const name = value.slice(value.lastIndexOf("/") + 1);
      if (name === "") return undefined;
      const { InstanceProfile } = await ask("GetInstanceProfile", { InstanceProfileName: name }, "iam");
      const { Arn: arn, Roles } = object(InstanceProfile);
      const isKnown = Arn === undefined ? arn !== undefined : arn === Arn;
      if (!isKnown || !iam.profileInEffect(name)) {
        const [member, kind] = Arn === undefined ? ["name", "name"] : ["arn", "ARN"];
        return `Value (${value}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${kind}`;
      }
      return (await hasRole(Roles, iam))
        ? undefined
        : `IAM Instance Profile "${text(arn)}" has no associated IAM Roles`;
    },
  },
];

async function hasRole(roles: JsonObject[string], iam: RuleCall["iam"]): Promise<boolean> {
  const [role] = objects(roles);
  return role !== undefined && (await iam.role(text(role.Arn))) !== undefined;
}
