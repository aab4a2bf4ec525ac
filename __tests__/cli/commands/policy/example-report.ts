import { reportedRules, type Report } from "../../../../cli/commands/policy/report";

const location = { stack: "dev02-us-east-1", file: "config/dev/dev02/us-east-1-dev02.ts" };

/** Two stacks, one of which has three findings of two rules. */
export const report: Report = {
  rules: reportedRules,
  stacks: [
    { name: "dev02-us-east-1", file: "config/dev/dev02/us-east-1-dev02.ts", inProduction: false },
    { name: "prod01-us-east-1", file: "config/prod/prod01/us-east-1-prod01.ts", inProduction: true },
  ],
  findings: [
    {
      ...location,
      rule: "public-ports",
      severity: "high",
      resource: "aws_vpc_security_group_ingress_rule.ssh",
      message: 'is open to the internet on port 22; "close" it & <go>',
      source: "CKV_AWS_24",
    },
    {
      ...location,
      rule: "public-ports",
      severity: "high",
      resource: `aws_vpc_security_group_ingress_rule.${"a-very-long-name_".repeat(8)}`,
      message: "is open to the internet on every port; close it",
      source: "CKV_AWS_24",
    },
    {
      ...location,
      rule: "exception-in-use",
      severity: "low",
      resource: "exceptions[0]",
      message: "excuses nothing: no aws_lb.* breaks alb-headers; remove it",
      source: "schema/exceptions.ts",
    },
  ],
};
