import { each, type PolicyStack, type Rules } from "../rule";
import type { Block } from "../terraform/stack";

/** EC2 instances, such as the bastion. */
export const instanceRules = {
  "instance-metadata": {
    severity: "high",
    rationale: "With IMDSv1 a server-side request forgery can read the credentials of the instance's role.",
    source: "CKV_AWS_79, CKV_AWS_341, EC2.8",
    remediation: 'set metadata_options.http_tokens to "required" and http_put_response_hop_limit to 1',
    check: each(["aws_instance", "aws_launch_template"], (instance) => {
      const options = "metadata_options";
      const hops = instance.get(`${options}.http_put_response_hop_limit`) ?? 1;
      const required = instance.get(`${options}.http_tokens`) === "required" && Number(hops) === 1;
      return !required && "does not require IMDSv2 with a hop limit of 1";
    }),
  },
  "instance-disk-encryption": {
    severity: "medium",
    rationale: "Snapshots of a disk are as readable as the disk and remain after the instance is terminated.",
    source: "CKV_AWS_8, EC2.3",
    remediation: "set root_block_device.encrypted to true",
    check: each(
      "aws_instance",
      (instance) => instance.get("root_block_device.encrypted") !== true && "does not encrypt its disk",
    ),
  },
  "instance-ingress": {
    severity: "high",
    rationale:
      "Session Manager opens sessions without an open port and logs them; SSH keys are shared and not rotated.",
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    remediation: 'set bastion.access: "ssm" or "instance-connect" (no key_name, no other ingress rules)',
    check: each("aws_instance", (instance, stack) => {
      if (instance.has("key_name")) return "has an SSH key";
      const rules = stack
        .targets(instance, "vpc_security_group_ids", "aws_security_group")
        .flatMap((group) =>
          stack
            .usersOf(group, "aws_vpc_security_group_ingress_rule")
            .filter((rule) => rule.pointsTo("security_group_id", group)),
        );
      const open = rules.filter((rule) => !isFromConnectEndpoint(stack, rule));
      return open.map(({ address }) => `accepts connections by ${address}`);
    }),
  },
} satisfies Rules;

/** Whether a rule allows an EC2 Instance Connect endpoint only, whose users IAM authorizes. */
function isFromConnectEndpoint(stack: PolicyStack, rule: Block): boolean {
  return stack
    .targets(rule, "referenced_security_group_id", "aws_security_group")
    .some((group) => stack.usersOf(group, "aws_ec2_instance_connect_endpoint").length > 0);
}
