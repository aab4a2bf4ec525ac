import { z } from "zod";
import { matching, text } from "./primitives";

/**
 * Where a stage may break a rule of the policy, and why. One that nothing breaks any more is a finding itself.
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
        'is no address; write one such as "aws_lb.ingress_alb", or "aws_lb.*"',
      ),
      /** Why the rule may be broken there, for whoever reviews the stage. */
      reason: text,
    }),
  )
  .readonly()
  .default([]);
