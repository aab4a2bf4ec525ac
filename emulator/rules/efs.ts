import { objects, text } from "../wire/json";
import { networkRules } from "./network";
import type { RuleSet } from "./rule";

/** Rules of Elastic File System between its mount targets and their VPCs. */
export function efs(): RuleSet {
  return {
    rules: networkRules({
      name: "mount-target",
      resource: "a mount target",
      service: "elasticfilesystem",
      operations: ["CreateMountTarget", "ModifyMountTargetSecurityGroups"],
      source: "https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html",
      network: async ({ input, ask }) => {
        const { SubnetId, MountTargetId, SecurityGroups: securityGroups } = input;
        if (MountTargetId === undefined) return { subnets: [SubnetId], securityGroups };
        const { MountTargets } = await ask("DescribeMountTargets", { MountTargetId });
        return { subnets: objects(MountTargets).map((target) => text(target.SubnetId)), securityGroups };
      },
      otherVpc: {
        code: "SecurityGroupNotFound",
        message: ({ id, expected }) => `The security group '${id}' does not exist in the VPC '${expected}'`,
      },
    }),
  };
}
