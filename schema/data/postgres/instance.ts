import { z } from "zod";
import { notHere } from "../../not-here";
import { integer, matching, yesOrNo } from "../../primitives";
import { common, version } from "./common";

/** One server of RDS. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
export const instance = z.strictObject({
  kind: z.literal("instance"),
  /** Major version. @default "17" */
  version: version("an instance", ["14", "15", "16", "17", "18"], "17"),
  /** @default "db.t4g.small" */
  class: matching(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, 'is no class of RDS; write one such as "db.t4g.small"').default(
    "db.t4g.small",
  ),
  /** gp3 storage, which grows by itself. @default { gib: 20, maximumGib: 100 } */
  storage: z
    .strictObject({
      /** AWS's minimum is 20. @default 20 */
      gib: integer(20, 65536).default(20),
      /** Where growing ends; AWS wants 10 % more than `gib`. @default 100 */
      maximumGib: integer(22, 65536).default(100),
    })
    .superRefine(({ gib, maximumGib }, context) => {
      const least = Math.ceil((gib * 11) / 10);
      if (maximumGib >= least) return;
      const message = `leaves no room to grow; write ${least} or more`;
      context.addIssue({ code: "custom", path: ["maximumGib"], input: maximumGib, message });
    })
    .prefault({}),
  /** Whether a second server in another zone takes over. @default true */
  multiAz: yesOrNo.default(true),
  ...common,
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
  readers: notHere(
    'cannot follow an instance whose password RDS manages; choose kind "aurora-serverless", or leave it out',
  ),
});
