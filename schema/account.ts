import { z } from "zod";
import { regions } from "./regions";
import { matching, name, roleArn, text } from "./primitives";

const branch = matching(/^[\w][\w./-]*$/, 'is no branch; write its whole name, without a wildcard, such as "main"');

const tag = matching(/^[\w*][\w./*-]*$/, 'is no tag; write its name, with * for any text, such as "v*"');

/** Refs of the project whose jobs may assume a role. */
const refs = z
  .strictObject({
    /** Branches, which GitLab must protect. @default [] */
    branches: z.array(branch).default([]),
    /** Tags, which GitLab must protect by the same wildcards. @default [] */
    tags: z.array(tag).default([]),
  })
  .refine(({ branches, tags }) => branches.length + tags.length > 0, 'lets nobody in; write branches: ["main"]');

/** What a file of `config/accounts/` may say. The schema is the types, the validation and the documentation. */
export const accountSchema = z.strictObject({
  /** Product whose stages are deployed; the first part of most names. */
  app: name(24, "appname"),
  /** Folder below `config/accounts/`: what people call the account. */
  alias: name(24, "appname-dev"),
  /** Region of the state bucket. */
  region: z.enum(regions, "is no AWS region; write one from schema/regions.ts, or add it there"),
  /** The one account that Terraform may touch. */
  accountId: matching(/^\d{12}$/, 'is no account id; write its 12 digits in quotes, such as "111122223333"'),
  /** Team that answers for it; a tag on every resource. */
  owner: text,
  /** Role that `npm run bootstrap` assumes. @default - the caller's own credentials */
  assumeRoleArn: roleArn.optional(),
  /** More tags on every resource. @default {} */
  tags: z.record(text, text).default({}),
  /** Name of the bucket for Terraform's state, which the stage files name, too. */
  stateBucket: matching(
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    'is no bucket name; write 3 to 63 lower-case letters, digits and dashes, such as "appname-terraform-state"',
  ),
  /** Regions whose stages get their roles here. @default - the region of the bucket */
  regions: z.array(z.enum(regions, "is no AWS region; write one from schema/regions.ts")).min(1).optional(),
  gitlab: z.strictObject({
    /** Project whose pipelines deploy, with its groups. */
    project: matching(
      /^[\w][\w.-]*(\/[\w][\w.-]*)+$/,
      'is no path of a project; write its groups and its name, such as "group/project"',
    ),
    /** @default "https://gitlab.com" */
    url: matching(
      /^https:\/\/[a-z0-9.-]+(\/[\w.-]+)*$/,
      'is no address that IAM takes; write https://, the host, and no port, such as "https://gitlab.com"',
    ).default("https://gitlab.com"),
    /** The `aud` that the pipeline asks for in `id_tokens`. @default - the url */
    audience: text.optional(),
    /** IAM knows an issuer once for an account: `manage` in one file, `existing` in the others. @default "manage" */
    provider: z.enum(["manage", "existing"], 'is no choice here; write "manage" or "existing"').default("manage"),
  }),
  /** By environment: the refs that deploy its stages; an environment that is left out deploys from the branch main. @default {} */
  deploysFrom: z.record(z.string(), refs).default({}),
  /** A role under a name of your own that deploys every stage, for pipelines that assume one role. @default - none */
  aliasRole: z
    .strictObject({
      name: matching(/^[\w+=,.@-]{1,64}$/, 'is no role name; write letters, digits and -, such as "appname-deploy"'),
      /** Roles that assume it, such as the one of the runners. */
      trustedRoleArns: z.array(roleArn).min(1, "lets nobody in; write the ARN of a role, or leave aliasRole out"),
    })
    .optional(),
});

/** A account file's content: what has a default may be left out. */
export type AccountInput = z.input<typeof accountSchema>;

/** A validated account file. */
export type AccountConfig = z.output<typeof accountSchema>;

/** Refs whose jobs may assume a role. */
export type Refs = z.output<typeof refs>;

/** Types an account file; it is checked when it is loaded. */
export function defineAccount(account: AccountInput): AccountInput {
  return account;
}

/** The name of the account's stack. */
export function accountStackName({ alias, region }: Pick<AccountConfig, "alias" | "region">): string {
  return `account-${alias}-${region}`;
}

/** Whether a stage gets its deploy role here. */
export function serves(
  { app, accountId, region, regions: served = [region] }: AccountConfig,
  stage: { readonly app: string; readonly accountId: string; readonly region: AccountConfig["region"] },
): boolean {
  return stage.app === app && stage.accountId === accountId && served.includes(stage.region);
}
