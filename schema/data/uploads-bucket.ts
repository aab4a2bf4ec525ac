import { z } from "zod";
import { flag, integer, matching } from "../primitives";
import { keep } from "./common";

const origin = matching(
  /^https:\/\/[a-z0-9.-]+(:\d+)?$/,
  'must be an HTTPS origin; write one such as "https://www.example.com"',
);

/** The private S3 bucket for uploads by presigned URLs, services or API Gateway. */
export const uploadsBucket = z.strictObject({
  /** Origins that may read and write objects by presigned URLs. @default [] */
  corsOrigins: z.array(origin).default([]),
  /** Age at which uploads are deleted, in days. @default - never */
  expirationDays: integer(1, 3650).optional(),
  /** Time for which noncurrent versions are kept, in days. @default 30 */
  noncurrentDays: integer(1, 3650).default(30),
  /** Whether destroying the stage deletes the uploads. @default false */
  forceDelete: flag.default(false),
  /** Whether it is kept although no service uses it. @default false */
  keep,
});
