import { z } from "zod";
import { bastion } from "./bastion";
import { crossChecks } from "./checks/check";
import { checks } from "./checks/stage";
import { data } from "./data/data";
import { ingress } from "./ingress/ingress";
import { monitoring } from "./monitoring/monitoring";
import { network } from "./network";
import { accountId, choice, flag, integer, matching, name, policyArn, roleArn, text } from "./primitives";
import { providerVersion } from "./provider-version";
import { region } from "./regions";
import { services } from "./services/services";
import { state } from "./state";
import { tags, tagValue } from "./tags";

/** A resource that may break a rule of the policy. An exception without a finding is an error. */
const exception = z.strictObject({
  /** ID of the rule, as in findings and in `npm run policy -- --rules`. */
  rule: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be the ID of a rule; write one such as "repository-tags"'),
  /** Terraform address of the resource, as in findings; `*` matches any characters. */
  resource: matching(
    /^(data\.)?[a-z*][a-z0-9_*]*(\.[a-zA-Z0-9_*-]+)?$/,
    'must be a Terraform address; write one such as "aws_lb.ingress_alb", or "aws_lb.*"',
  ),
  /** Justification, for reviewers of the stage. */
  reason: text,
});

/** Content of a stage file. The schema provides the types, the validation and the documentation. */
export const stageSchema = z
  .strictObject({
    /** Product that the stages belong to; the first part of most names. */
    app: name(24, "appname"),
    /** Folder below `config/` that contains the stage. */
    environment: name(12, "dev"),
    /**
     * Whether users depend on the stage: the policy's rules for production then apply, and the pipeline deploys the stage
     * after a manual approval, in GitLab's tier `production`.
     */
    production: z.boolean("must be true or false; write it in the defaults of the environment"),
    /** Folder below the environment; the last part of most names. */
    stage: matching(
      /^[a-z][a-z0-9]*$/,
      'must be the name of a stage; write lower-case letters and digits, such as "dev02"',
    ).max(12, "is too long for AWS names; write at most 12 characters"),
    /** AWS region of the stack. */
    region,
    /** Account that Terraform deploys to; credentials of any other account are refused. */
    accountId,
    /** Team that owns the stage; a tag on every resource. */
    owner: tagValue,
    /** Role that Terraform assumes for every resource. @default - the caller's own credentials */
    assumeRoleArn: roleArn.optional(),
    /** Permissions boundary of every role of the stage, which the deploy roles of `config/accounts/` require. @default - none */
    permissionsBoundaryArn: policyArn.optional(),
    /**
     * Whether a stopping task must complete its requests: the deregistration delay must then exceed the API's timeout.
     * @default false
     */
    gracefulShutdown: flag.default(false),
    /**
     * Whether `npm run guard` accepts a plan that would lose data. `true` takes effect after it has been deployed.
     * @default false
     */
    allowDataLoss: flag.default(false),
    /** Further tags on every resource. @default {} */
    tags: tags.default({}),
    /**
     * Constraint on the release of the AWS provider, from 5.100.0 to below 7, such as `~> 6.25`. See docs/versions.md.
     * @default - exactly 5.100.0, or 6.25.0 where another field needs it
     */
    providerVersion: providerVersion.optional(),
    state,
    network,
    /** ECR repositories of the services. @default - see the fields */
    images: z
      .strictObject({
        /** Tag mutability; `mutable` allows pushing a tag such as `:latest` again. @default "immutable" */
        tags: choice("immutable", "mutable").default("immutable"),
        /** Number of images that the lifecycle policy keeps, the newest ones. @default 30 */
        maxImageCount: integer(1, 1000).default(30),
        /** Whether destroying the stage deletes the images. @default false */
        forceDelete: flag.default(false),
      })
      .prefault({}),
    /** Container Insights of the ECS cluster. @default "enabled" */
    containerInsights: choice("enabled", "enhanced", "disabled").default("enabled"),
    data: data.prefault({}),
    /** Bastion host. @default - none */
    bastion: bastion.optional(),
    /**
     * Service discovery. `service-connect`: a proxy in every task, which balances requests and reports metrics.
     * `cloud-map`: DNS names in the VPC. @default "none"
     */
    discovery: choice("none", "service-connect", "cloud-map").default("none"),
    services,
    ingress,
    /** Exceptions from the policy. @default [] */
    exceptions: z.array(exception).readonly().default([]),
    /** Alarms, dashboard, logs and costs. @default - none */
    monitoring: monitoring.optional(),
  })
  .superRefine(...crossChecks(checks, (): z.core.$ZodType => stageSchema));

/** Content of a stage file, in which fields with a default are optional. */
export type StageInput = z.input<typeof stageSchema>;

/** A validated stage, with defaults filled in. */
export type StageConfig = z.output<typeof stageSchema> & {
  /** Path of the stage's file in messages. @default - its path in `config/` */
  readonly file?: string;
};

/** Ingress of a validated stage. */
export type IngressConfig = StageConfig["ingress"];

/** A service of a validated stage. */
export type ServiceConfig = StageConfig["services"][string];

export type WebConfig = Extract<ServiceConfig, { kind: "web" }>;
export type WorkerConfig = Extract<ServiceConfig, { kind: "worker" }>;
export type JobConfig = Extract<ServiceConfig, { kind: "job" }>;

/** The web services of a stage, with their names. */
export function webServices({ services }: Pick<StageConfig, "services">): [name: string, service: WebConfig][] {
  return Object.entries(services).flatMap(([name, service]) => (service.kind === "web" ? [[name, service]] : []));
}

/** Types the content of a stage file, which is validated when it is loaded. */
export function defineStage(stage: StageInput): StageInput {
  return stage;
}

/** Name of the stage's stack. */
export function stackName({ stage, region }: Pick<StageConfig, "stage" | "region">): string {
  return `${stage}-${region}`;
}

/** Path of a stage's file in messages. */
export function stageFile({
  file,
  environment,
  stage,
  region,
}: Pick<StageConfig, "file" | "environment" | "stage" | "region">): string {
  return file ?? `config/${environment}/${stage}/${region}-${stage}.ts`;
}
