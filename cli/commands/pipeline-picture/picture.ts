import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { projectFolder } from "../../lib/project";
import { jobsFor } from "../pipeline/generate/jobs";
import type { PipelineStack } from "../pipeline/generate/stacks";
import { workOn, type Step, type Trigger } from "../pipeline/generate/work";
import { draw, type DrawnJob, type Row } from "./draw";

const definitionShape = z.record(z.string(), z.unknown());
const jobShape = z.object({ stage: z.string() });

/** Draws the pipeline from `.gitlab-ci.yml` and from generated jobs. */
export function pipelinePicture(): string {
  const definition = definitionShape.parse(parse(readFileSync(join(projectFolder, ".gitlab-ci.yml"), "utf8")));
  const stages = [".pre", ...z.array(z.string()).parse(definition.stages)];
  const jobs = Object.entries(definition).flatMap(([name, job]) => {
    const { data } = jobShape.safeParse(job);
    return data === undefined ? [] : [{ name, stage: data.stage }];
  });
  const byStage = stages.map((stage) => jobs.filter((job) => job.stage === stage).map(({ name }) => name));
  return draw(byStage, rows());
}

const generatedJobShape = z.object({ variables: z.object({ AWS_ROLE_ARN: z.string() }), when: z.string().optional() });

const roles = { plan: "plan", deploy: "deploy" };

const dev: PipelineStack = {
  name: "dev02-us-east-1",
  environment: "dev",
  region: "us-east-1",
  manualApproval: false,
  isShortLived: true,
  buildsImages: true,
  migrates: true,
  roles,
  deploysFrom: { branches: ["main"], tags: [] },
};

const prod: PipelineStack = {
  ...dev,
  name: "prod01-us-east-1",
  environment: "prod",
  manualApproval: true,
  isShortLived: false,
  deploysFrom: { branches: [], tags: ["v*"] },
};

const triggers: Readonly<Record<string, Trigger>> = {
  "merge request": { kind: "merge request" },
  "branch main": { kind: "deployment", ref: { kind: "branch", name: "main" } },
  "tag v*": { kind: "deployment", ref: { kind: "tag", name: "v1.0.0" } },
  schedule: { kind: "drift" },
};

/** The generated jobs of a stack of each environment, after each trigger, when everything changed. */
export function rows(): Row[] {
  const stacks = [dev, prod];
  const changes = { added: stacks.map(({ name }) => name), changed: [], removed: [], image: true };
  return Object.entries(triggers).flatMap(([name, trigger]) =>
    workOn(stacks, changes, trigger).map((work) => {
      const jobs = Object.values(jobsFor(work));
      return {
        trigger: name,
        stack: work.stack.name,
        jobs: work.steps.map((step, index) => drawnJob(step, jobs[index])),
      };
    }),
  );
}

function drawnJob(step: Step, job: unknown): DrawnJob {
  const { variables, when } = generatedJobShape.parse(job);
  // Destroy is manual by its template in ci/stack.yml.
  return {
    step,
    role: variables.AWS_ROLE_ARN === roles.plan ? "plan" : "deploy",
    isManual: when === "manual" || step === "destroy",
  };
}
