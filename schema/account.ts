import { z } from "zod";
import { emails } from "./monitoring/alarms";
import { accountId, bucketName, choice, flag, integer, matching, name, roleArn, text } from "./primitives";
import { providerVersion } from "./provider-version";
import { region } from "./regions";

const branch = matching(
  /^[\w][\w./-]*$/,
  'must be a branch; write its complete name, without a wildcard, such as "main"',
);

const tag = matching(/^[\w*][\w./*-]*$/, 'must be a tag; write its name, with * for any characters, such as "v*"');

/** Git refs whose jobs may assume a role. */
const refs = z
  .strictObject({
    /** Branches, which GitLab must protect. @default [] */
    branches: z.array(branch).default([]),
    /** Tags, which GitLab must protect with the same wildcards. @default [] */
    tags: z.array(tag).default([]),
  })
  .refine(
    ({ branches, tags }) => branches.length + tags.length > 0,
    'must name a branch or a tag; write branches: ["main"]',
  );

/** AWS Cost Anomaly Detection. https://docs.aws.amazon.com/cost-management/latest/userguide/manage-ad.html */
const costAnomalies = z.strictObject({
  /** Impact from which an anomaly sends a notification, in US dollars. @default 50 */
  thresholdUsd: integer(1, 100000000).default(50),
  /** E-mail addresses that are notified. */
  email: emails,
  /**
   * ARN of the account's monitor of AWS services, of which AWS allows one; `aws ce get-anomaly-monitors` shows it.
   * @default - the stack creates the monitor
   */
  monitorArn: matching(
    /^arn:aws[a-z-]*:ce::\d{12}:anomalymonitor\/[\w-]+$/,
    'must be the ARN of a cost monitor; write one such as "arn:aws:ce::111122223333:anomalymonitor/<id>"',
  ).optional(),
});

/** Content of an account file. The schema provides the types, the validation and the documentation. */
export const accountSchema = z
  .strictObject({
    /** Product whose stages are deployed; the first part of most names. */
    app: name(24, "appname"),
    /** Name of the account; the folder below `config/accounts/`. */
    alias: name(24, "appname-dev"),
    /** Region of the state bucket. */
    region,
    /** Account that Terraform deploys to; credentials of any other account are refused. */
    accountId,
    /** Team that owns the account; a tag on every resource. */
    owner: text,
    /** Role that `npm run bootstrap` assumes. @default - the caller's own credentials */
    assumeRoleArn: roleArn.optional(),
    /** Further tags on every resource. @default {} */
    tags: z.record(text, text).default({}),
    /** Constraint on the release of the AWS provider, from 5.100.0 to below 7. See docs/versions.md. @default - exactly 5.100.0 */
    providerVersion: providerVersion.optional(),
    /** Bucket for Terraform's state, to which the `state` of the stage files refers. */
    stateBucket: bucketName,
    /**
     * Whether the account's global resources are in this file's stack: GitLab's OpenID Connect provider and the
     * notifications of unusual costs. One file of an account is its home. @default true
     */
    home: flag.default(true),
    /** Regions whose stages get their roles, and their settings of the account, from this file. @default - the region of the bucket */
    regions: z.array(region).min(1, "must not be empty; write a region, or leave the field out").optional(),
    gitlab: z.strictObject({
      /** Path of the project whose pipelines deploy. */
      project: matching(
        /^[\w][\w.-]*(\/[\w][\w.-]*)+$/,
        'must be the path of a project; write its groups and its name, such as "group/project"',
      ),
      /** @default "https://gitlab.com" */
      url: matching(
        /^https:\/\/[a-z0-9.-]+(\/[\w.-]+)*$/,
        'must be a URL that IAM accepts as an issuer; write https:// and the host, without a port, such as "https://gitlab.com"',
      ).default("https://gitlab.com"),
      /** The `aud` claim of the pipeline's `id_tokens`. @default - the url */
      audience: text.optional(),
      /**
       * OpenID Connect provider of IAM, of which an account has one per issuer. `existing`: another project, or another
       * file of the account, creates it. @default - `manage` in the home of the account, `existing` in its other files
       */
      provider: choice("manage", "existing").optional(),
    }),
    /**
     * API Gateway writes logs with a role that is set once per account and region. `existing`: another project, or another
     * file of the account, sets it in the regions of this file. @default "manage"
     */
    apiGatewayLogRole: choice("manage", "existing").default("manage"),
    /** Notifications of unusual costs of the account, in its home. @default - none */
    costAnomalies: costAnomalies.optional(),
    /** Refs that deploy the stages of an environment; without an entry, the branch main deploys. @default {} */
    deploysFrom: z.record(z.string(), refs).default({}),
    /** An additional role that deploys every stage, for pipelines that assume a single role. @default - none */
    aliasRole: z
      .strictObject({
        name: matching(
          /^[\w+=,.@-]{1,64}$/,
          'must be a role name; write letters, digits and -, such as "appname-deploy"',
        ),
        /** Roles that may assume it, such as the one of the runners. */
        trustedRoleArns: z.array(roleArn).min(1, "must not be empty; write the ARN of a role, or leave aliasRole out"),
      })
      .optional(),
  })
  .refine(({ home, costAnomalies }) => home || costAnomalies === undefined, {
    path: ["costAnomalies"],
    error: "is about the whole account; write it in the file that is the home of the account",
  });

/** Content of an account file, in which fields with a default are optional. */
export type AccountInput = z.input<typeof accountSchema>;

/** A validated account, with defaults filled in. */
export type AccountConfig = z.output<typeof accountSchema>;

export type CostAnomalySettings = z.output<typeof costAnomalies>;

/** Git refs whose jobs may assume a role. */
export type Refs = z.output<typeof refs>;

/** The refs that deploy the stages of an environment in an account, or in one that no file describes. */
export function refsOf(account: Pick<AccountConfig, "deploysFrom"> | undefined, environment: string): Refs {
  const own = new Map(Object.entries(account?.deploysFrom ?? {})).get(environment);
  return own ?? { branches: ["main"], tags: [] };
}

/** Types the content of an account file, which is validated when it is loaded. */
export function defineAccount(account: AccountInput): AccountInput {
  return account;
}

/** Name of the account's stack. */
export function accountStackName({ alias, region }: Pick<AccountConfig, "alias" | "region">): string {
  return `account-${alias}-${region}`;
}

/** Whether the account's stack creates the deploy role of a stage. */
export function serves(
  account: AccountConfig,
  stage: { readonly app: string; readonly accountId: string; readonly region: AccountConfig["region"] },
): boolean {
  const { app, accountId } = account;
  return stage.app === app && stage.accountId === accountId && servedRegions(account).includes(stage.region);
}

/** The regions whose stages an account's stack serves. */
export function servedRegions({ region, regions = [region] }: Pick<AccountConfig, "region" | "regions">) {
  return regions;
}

/** Whether an account's stack creates the OpenID Connect provider of GitLab. */
export function managesProvider({ home, gitlab }: Pick<AccountConfig, "home" | "gitlab">): boolean {
  return (gitlab.provider ?? (home ? "manage" : "existing")) === "manage";
}
