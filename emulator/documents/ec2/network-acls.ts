import type { DocumentCheck } from "../document";
import { isOutside, numberOf } from "../values";
import { invalid } from "./invalid";

/** Numbers of the rules of a network ACL; those from 32767 are AWS's. */
export const networkAclRules: DocumentCheck = {
  service: "ec2",
  operations: ["CreateNetworkAclEntry", "ReplaceNetworkAclEntry"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
  check: ({ RuleNumber }) =>
    isOutside(RuleNumber, 1, 32766)
      ? invalid(
          `Value (${numberOf(RuleNumber) ?? ""}) for parameter ruleNumber is invalid. It must be from 1 to 32766.`,
        )
      : undefined,
};
