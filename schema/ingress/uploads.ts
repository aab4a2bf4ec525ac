import { z } from "zod";
import { integer, matching, onlyTrue, text, withoutDuplicates } from "../primitives";

/** Excludes types that browsers execute, and XML, which may contain scripts. */
const contentType = matching(
  /^(?!text\/html|image\/svg|[a-z]+\/(.*\+)?(xml|xsl)$|[a-z]+\/(x-)?(java|ecma|j|live)script|application\/xhtml)[a-z]+\/[a-z0-9.+-]+$/,
  'must be a media type that browsers do not execute; write one such as "image/png", without parameters',
);

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RegexMatchStatement.html: 512 characters with the rest of the pattern. */
const fitsRule = (types: readonly string[]) => types.join("|").replace(/[.+]/g, String.raw`\$&`).length <= 490;

/** A route by which API Gateway stores uploads in the bucket `data.uploads`, without a service. */
export const uploads = z.strictObject({
  /** Path of the `PUT` request; its last segment is the parameter that becomes the object key. @default "/upload/{key}" */
  path: matching(
    /^(\/[A-Za-z0-9._~-]+)+\/\{[A-Za-z_]\w*\}$/,
    'must be a path that ends with a parameter; write one such as "/upload/{key}"',
  )
    .max(128, "is too long for a WAF rule; write at most 128 characters")
    .default("/upload/{key}"),
  /** Maximum size of an upload, in bytes; API Gateway's limit is 10 MiB. @default 10485760 */
  maximumBytes: integer(1, 10485760).default(10485760),
  /** Media types that are accepted; WAF answers 415 to others. */
  contentTypes: z
    .array(contentType, "must be a list; write the accepted media types")
    .min(1, "must not be empty; write the accepted media types")
    .max(10, "is too long for a WAF rule; write at most 10 types")
    .refine(...withoutDuplicates("type"))
    .refine(fitsRule, "is too long for a WAF rule; write fewer types, or shorter ones"),
  /** Whether uploads need no authorization on a stage that has one. @default - the stage's authorization */
  public: onlyTrue.optional(),
  /** OAuth scopes of which a token must have at least one. @default [] */
  scopes: z.array(text).default([]),
});

export type Uploads = z.output<typeof uploads>;
