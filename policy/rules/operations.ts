import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";

/** Logs, hosts, and Terraform's own state. */
export const operationRules = {
  "log-retention": {
    severity: "low",
    why: "A log group without a retention is kept, and paid for, for ever.",
    source: "CKV_AWS_66, CloudWatch.16",
    mend: "set retention_in_days",
    check: each("aws_cloudwatch_log_group", (group) => !(group.number("retention_in_days") > 0) && "is kept for ever"),
  },
  "host-metadata": {
    severity: "high",
    why: "By version 1 of the metadata service a request that is sent astray reads the credentials of its host.",
    source: "CKV_AWS_79, CKV_AWS_341, EC2.8",
    mend: 'set metadata_options.http_tokens to "required" and http_put_response_hop_limit to 1',
    check: each(["aws_instance", "aws_launch_template"], (host) => {
      const options = "metadata_options";
      const hops = host.get(`${options}.http_put_response_hop_limit`) ?? 1;
      const guarded = host.get(`${options}.http_tokens`) === "required" && Number(hops) === 1;
      return !guarded && "hands its credentials to whoever asks";
    }),
  },
  "host-disk-encrypted": {
    severity: "medium",
    why: "Snapshots of a disk outlive its host.",
    source: "CKV_AWS_8, EC2.3",
    mend: "set root_block_device.encrypted to true",
    check: each(
      "aws_instance",
      (host) => host.get("root_block_device.encrypted") !== true && "has a disk in clear text",
    ),
  },
  "host-unreachable": {
    severity: "high",
    why: "Session Manager needs no open port, and writes down who came.",
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    mend: "remove the rules that let callers in, and key_name; or let in an EC2 Instance Connect endpoint alone",
    check: each("aws_instance", (host, stack) => {
      if (host.has("key_name")) return "lets in who has a key";
      const rules = stack
        .targets(host, "vpc_security_group_ids", "aws_security_group")
        .flatMap((group) =>
          stack
            .usersOf(group, "aws_vpc_security_group_ingress_rule")
            .filter((rule) => rule.pointsTo("security_group_id", group)),
        );
      const open = rules.filter((rule) => !fromEndpoint(stack, rule));
      return open.map(({ address }) => `is reached by ${address}`);
    }),
  },
} satisfies Rules;

/** Whether a rule lets in nobody but those whom IAM lets through an endpoint of EC2 Instance Connect. */
function fromEndpoint(stack: ReadStack, rule: Block): boolean {
  return stack
    .targets(rule, "referenced_security_group_id", "aws_security_group")
    .some((group) => stack.usersOf(group, "aws_ec2_instance_connect_endpoint").length > 0);
}
