import { z } from "zod";
import { integer, matching, text } from "../primitives";

/** Types that browsers run would turn the bucket into a place for other people's programs; XML may hold such a program. */
const contentType = matching(
  /^(?!text\/html|image\/svg|[a-z]+\/(.*\+)?(xml|xsl)$|[a-z]+\/(x-)?(java|ecma|j|live)script|application\/xhtml)[a-z]+\/[a-z0-9.+-]+$/,
  'is no type that may be uploaded; write one such as "image/png", without parameters, and none that browsers run',
);

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RegexMatchStatement.html: 512, with what stands around. */
const fitsRule = (types: readonly string[]) => types.join("|").replace(/[.+]/g, String.raw`\$&`).length <= 490;

/** A route that API Gateway takes into the bucket `data.uploads` by itself, without a service. */
export const uploads = z.strictObject({
  /** Path of the `PUT`, ending in the one parameter that becomes the object's key. @default "/upload/{key}" */
  path: matching(
    /^(\/[A-Za-z0-9._~-]+)+\/\{[A-Za-z_]\w*\}$/,
    'is no path of uploads; write one such as "/upload/{key}"',
  )
    .max(128, "is too long for a rule of WAF; write at most 128 characters")
    .default("/upload/{key}"),
  /** Largest upload; API Gateway itself takes no more than 10 MiB. @default 10485760 */
  maximumBytes: integer(1, 10485760).default(10485760),
  /** Types that are taken; WAF answers 415 to any other. */
  contentTypes: z
    .array(contentType, "is no list; write the types to take")
    .min(1, "is empty; write the types to take")
    .max(10, "is too long for a rule of WAF; write at most 10 types")
    .refine((types) => new Set(types).size === types.length, "names a type twice; write each once")
    .refine(fitsRule, "is too long for a rule of WAF; write fewer types, or shorter ones"),
  /** Whether anybody may upload, on a stage that has an authorization. @default - as the stage's routes */
  public: z.literal(true, "is no choice here; write true, or leave it out").optional(),
  /** Scopes of the stage's user pool of which a caller must have one. @default [] */
  scopes: z.array(text).default([]),
});

export type Uploads = z.output<typeof uploads>;
