import { z } from "zod";
import { regions } from "./regions";
import { bastion } from "./bastion";
import { data } from "./data/data";
import { crossChecks } from "./checks/cross-checks";
import { exceptions } from "./exceptions";
import { ingress } from "./ingress/ingress";
import { network } from "./network";
import { matching, name, policyArn, roleArn, tagValue, yesOrNo } from "./primitives";
import { monitoring } from "./monitoring/monitoring";
import { services } from "./services/services";
import { checks } from "./checks/stage";
import { state } from "./state";
import { tags } from "./tags";

/** What a stage file may say. The schema is the types, the validation and the documentation. */
export const stageSchema = z
  .strictObject({
    /** Product that the stages belong to; the first part of most names. */
    app: name(24, "appname"),
    /** Folder below `config/` that holds the stage. */
    environment: name(12, "dev"),
    /** Folder below the environment; the last part of most names. */
    stage: matching(/^[a-z][a-z0-9]*$/, 'is no stage; write lower-case letters and digits, such as "dev02"').max(
      12,
      "breaks AWS's limits on names; write at most 12 characters",
    ),
    /** AWS region that holds the stack. */
    region: z.enum(regions, "is no AWS region; write one from schema/regions.ts, or add it there"),
    /** The one account that Terraform may touch: any other credentials are refused before a change. */
    accountId: matching(/^\d{12}$/, 'is no account id; write its 12 digits in quotes, such as "111122223333"'),
    /** Team that answers for the stage; a tag on every resource. */
    owner: tagValue,
    /** Role that Terraform assumes for every resource. @default - the caller's own credentials */
    assumeRoleArn: roleArn.optional(),
    /** Policy that limits every role of the stage, as the deploy roles of `config/accounts/` demand. @default - none */
    permissionsBoundaryArn: policyArn.optional(),
    /**
     * Whether a stopping task answers what it has begun: the load balancer must wait for longer than a request may
     * last. @default false
     */
    gracefulShutdown: yesOrNo.default(false),
    /**
     * Whether `npm run guard` stops a plan that would lose data. `false` counts from the deployment on that brings it.
     * @default true
     */
    protectsData: yesOrNo.default(true),
    /** More tags on every resource. @default {} */
    tags: tags.default({}),
    state,
    network,
    /** ECR repositories of the services. @default - see the fields */
    images: z
      .strictObject({
        /** `mutable` lets a pipeline push `:latest` again and again. @default "immutable" */
        tags: z
          .enum(["immutable", "mutable"], 'is no choice here; write "immutable" or "mutable"')
          .default("immutable"),
        /** Newest images that the lifecycle policy keeps. @default 30 */
        keep: z.int().min(1).max(1000).default(30),
        /** Whether destroying the stage may delete images with it. @default false */
        forceDelete: yesOrNo.default(false),
      })
      .prefault({}),
    /** Container Insights of the ECS cluster. @default "enabled" */
    containerInsights: z
      .enum(["enabled", "enhanced", "disabled"], 'is no choice here; write "enabled", "enhanced" or "disabled"')
      .default("enabled"),
    data: data.prefault({}),
    /** @default - none */
    bastion: bastion.optional(),
    /**
     * How services find those that they call: `service-connect`, a proxy of ECS in every task, which balances and counts;
     * `cloud-map`, names in the VPC's DNS. @default "none"
     */
    discovery: z
      .enum(
        ["none", "service-connect", "cloud-map"],
        'is no choice here; write "none", "service-connect" or "cloud-map"',
      )
      .default("none"),
    services,
    ingress,
    exceptions,
    /** Alarms, dashboard, logs and costs. @default - the stage is not watched */
    monitoring: monitoring.optional(),
  })
  .superRefine(...crossChecks(checks));

/** A stage file's content: what has a default may be left out. */
export type StageInput = z.input<typeof stageSchema>;

/** A validated stage: every default is filled in. */
export type StageConfig = z.output<typeof stageSchema>;

/** The way in of a validated stage. */
export type IngressConfig = StageConfig["ingress"];

/** One service of a validated stage. */
export type ServiceConfig = StageConfig["services"][string];

/** A service of one kind. */
export type WebConfig = Extract<ServiceConfig, { kind: "web" }>;
export type WorkerConfig = Extract<ServiceConfig, { kind: "worker" }>;
export type JobConfig = Extract<ServiceConfig, { kind: "job" }>;

/** The services of a stage that requests reach, with their names. */
export function webServices({ services }: Pick<StageConfig, "services">): [name: string, service: WebConfig][] {
  return Object.entries(services).flatMap(([name, service]) => (service.kind === "web" ? [[name, service]] : []));
}

/** Types a stage file; it is checked when it is loaded. */
export function defineStage(stage: StageInput): StageInput {
  return stage;
}

/** The name of the stage's stack, by which `cdktf deploy` knows it. */
export function stackName({ stage, region }: Pick<StageConfig, "stage" | "region">): string {
  return `${stage}-${region}`;
}
