import { z } from "zod";
import { integer, matching, yesOrNo } from "../primitives";
import { keep } from "./keep";

const origin = matching(/^https:\/\/[a-z0-9.-]+(:\d+)?$/, 'is no origin; write one such as "https://www.example.com"');

/** The bucket of what callers upload: private, encrypted, reached by signed addresses, a service, or the API. */
export const uploadsBucket = z.strictObject({
  /** Origins whose pages may read and write the bucket's objects by signed addresses. @default [] */
  corsOrigins: z.array(origin).default([]),
  /** Age at which uploads are deleted, in days. @default - kept */
  expireDays: integer(1, 3650).optional(),
  /** Time for which an overwritten or deleted upload is kept, in days. @default 30 */
  noncurrentDays: integer(1, 3650).default(30),
  /** Whether destroying the stage may delete uploads with it. @default false */
  forceDelete: yesOrNo.default(false),
  /** Whether it may stand there while no service uses it. @default false */
  keep,
});

export type UploadsBucket = z.output<typeof uploadsBucket>;
