import type { Construct } from "constructs";
import { bootstrapName, serves, type BootstrapConfig, type StageConfig } from "../config";
import { keepState } from "./backend";
import { Boundaries } from "./bootstrap/boundaries";
import { Gitlab } from "./bootstrap/gitlab";
import { PipelineRoles } from "./bootstrap/pipeline-roles";
import { StateBucket } from "./bootstrap/state-bucket";
import { stateKey } from "./naming";
import { useAws } from "./provider";
import { ReadableStack } from "./readable-stack";

/** A stage and the types of its resources and data sources. */
export interface TypedStage {
  readonly stage: StageConfig;
  readonly types: readonly string[];
}

/** What an account needs before its first stage: a bucket for state, and roles for pipelines. */
export class BootstrapStack extends ReadableStack {
  constructor(scope: Construct, bootstrap: BootstrapConfig, stages: readonly TypedStage[]) {
    super(scope, bootstrapName(bootstrap));
    const { alias, stateBucket: bucket, region } = bootstrap;
    const named = { ...bootstrap, environment: alias, stage: stageOf(bootstrap) };
    keepState(this, { ...named, state: { backend: "s3", bucket, region, assumeRoleArn: bootstrap.assumeRoleArn } });
    useAws(this, named);

    new StateBucket(this, "bucket", bootstrap);
    const gitlab = new Gitlab(this, "gitlab", bootstrap);
    const boundaries = new Boundaries(this, "boundaries", bootstrap);
    const served = stages.filter(({ stage }) => serves(bootstrap, stage));
    new PipelineRoles(this, "roles", { bootstrap, gitlab, boundaries, served });
  }
}

/** Key of a bootstrap's own state, in the bucket that it makes. */
export function bootstrapStateKey(bootstrap: BootstrapConfig): string {
  return stateKey({ ...bootstrap, stage: stageOf(bootstrap) });
}

/** Stands where a stage's resources name it; no stage's name holds a dash. */
function stageOf({ alias }: BootstrapConfig): string {
  return `bootstrap-${alias}`;
}
