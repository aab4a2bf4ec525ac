import { z } from "zod";
import { matching, text } from "./primitives";

/**
 * Violations of the policy that a stage permits, with the reasons. An exception that is not needed is a finding.
 * @default []
 */
export const exceptions = z
  .array(
    z.strictObject({
      /** Id of the rule, as findings and `npm run policy -- --rules` show it. */
      rule: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is no id of a rule; write one such as "repository-tags"'),
      /** Terraform address of the resource, as findings show it; `*` stands for any characters. */
      resource: matching(
        /^(data\.)?[a-z*][a-z0-9_*]*(\.[a-zA-Z0-9_*-]+)?$/,
        'is no address; write one such as "aws_lb.ingress_alb_alb", or "aws_lb.*"',
      ),
      /** Why the violation is permitted, for reviewers of the stage. */
      reason: text,
    }),
  )
  .readonly()
  .default([]);
