import { z } from "zod";
import type { Check } from "./cross-checks";
import { matching } from "./primitives";

// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
const remedy = 'write lower-case letters, digits and dashes, without "aws", "amazon" or "cognito"';

/** Beginning of the address of a user pool's pages, which Cognito checks only when Terraform applies. */
export const domainPrefix = matching(
  /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  `is no prefix that Cognito accepts; ${remedy}`,
);

const poolOfStage = z.object({
  app: z.string(),
  stage: z.string(),
  ingress: z.object({
    authorization: z.object({
      userPool: z.object({ source: z.literal("create"), domainPrefix: z.undefined().optional() }),
    }),
  }),
});

/** A prefix that is computed from app and stage is one that Cognito accepts. */
export const cognitoDomainAllowed: Check = (stage, report) => {
  const { data } = poolOfStage.safeParse(stage);
  if (data === undefined) return;
  const computed = `${data.app}-${data.stage}`;
  const [word] = /aws|amazon|cognito/.exec(computed) ?? [];
  if (word === undefined) return;
  const message = `is how the default begins, in which Cognito refuses "${word}"; ${remedy}`;
  report(["ingress", "authorization", "userPool", "domainPrefix"], message, computed);
};
