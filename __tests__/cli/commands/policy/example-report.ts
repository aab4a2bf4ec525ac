import { reportedRules, type Report } from "../../../../cli/commands/policy/report";

const origin = { stack: "dev02-us-east-1", file: "config/dev/dev02/us-east-1-dev02.ts" };

/** Two stacks, one of which violates two rules, one of them twice, and has a field that decides against a third. */
export const report: Report = {
  rules: reportedRules,
  stacks: [
    { name: "dev02-us-east-1", file: "config/dev/dev02/us-east-1-dev02.ts", inProduction: false },
    { name: "prod01-us-east-1", file: "config/prod/prod01/us-east-1-prod01.ts", inProduction: true },
  ],
  findings: [
    {
      ...origin,
      rule: "public-ports",
      severity: "high",
      resource: "aws_vpc_security_group_ingress_rule.ssh",
      message: 'is open to the internet on port 22; "close" it & <go>',
      source: "CKV_AWS_24",
    },
    {
      ...origin,
      rule: "public-ports",
      severity: "high",
      resource: `aws_vpc_security_group_ingress_rule.${"a-very-long-name_".repeat(8)}`,
      message: "is open to the internet on every port; close it",
      source: "CKV_AWS_24",
    },
    {
      ...origin,
      rule: "exception-unused",
      severity: "low",
      resource: "exceptions[0]",
      message: "is not needed: alb-invalid-headers has no finding for aws_lb.*; remove it from `exceptions`",
      source: "schema/stage.ts",
    },
  ],
  accepted: [
    {
      ...origin,
      rule: "repository-tags",
      severity: "medium",
      resource: "aws_ecr_repository.services_orders",
      message: "has mutable tags; set images.tags",
      source: "CKV_AWS_51",
      field: "images.tags",
    },
  ],
};
