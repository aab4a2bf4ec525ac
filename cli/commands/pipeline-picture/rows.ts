import { z } from "zod";
import { jobsFor } from "../pipeline/generate/jobs";
import type { Occasion } from "../pipeline/generate/occasion";
import type { PipelineStack } from "../pipeline/generate/stack";
import { steps, workOn, type Step } from "../pipeline/generate/steps";

/** A job of the picture. */
export interface DrawnJob {
  readonly step: Step;
  readonly role: "plan" | "deploy";
  /** Whether it starts when a person says so. */
  readonly waits: boolean;
}

/** What happens to one stack on one occasion. */
export interface Row {
  readonly occasion: string;
  readonly stack: string;
  readonly jobs: readonly DrawnJob[];
}

const jobShape = z.object({ variables: z.object({ AWS_ROLE_ARN: z.string() }), when: z.string().optional() });

const roles = { plan: "plan", deploy: "deploy" };

const dev: PipelineStack = {
  name: "dev02-us-east-1",
  environment: "dev",
  region: "us-east-1",
  waitsForPerson: false,
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
  waitsForPerson: true,
  isShortLived: false,
  deploysFrom: { branches: [], tags: ["v*"] },
};

const occasions: Readonly<Record<string, Occasion>> = {
  "merge request": { kind: "merge request" },
  "branch main": { kind: "deployment", ref: { kind: "branch", name: "main" } },
  "tag v*": { kind: "deployment", ref: { kind: "tag", name: "v1.0.0" } },
  schedule: { kind: "drift" },
};

/** What the generator makes of a stack of each environment in which everything changed. */
export function rows(): Row[] {
  const stacks = [dev, prod];
  const changes = { added: stacks.map(({ name }) => name), changed: [], removed: [], image: true };
  return Object.entries(occasions).flatMap(([name, occasion]) =>
    workOn(stacks, changes, occasion).map((work) => {
      const jobs = Object.values(jobsFor(work));
      return {
        occasion: name,
        stack: work.stack.name,
        jobs: work.steps.map((step, index) => drawn(step, jobs[index])),
      };
    }),
  );
}

function drawn(step: Step, job: unknown): DrawnJob {
  const { variables, when } = jobShape.parse(job);
  // The template of destroy, and no generated job, says that a person starts it.
  return {
    step,
    role: variables.AWS_ROLE_ARN === roles.plan ? "plan" : "deploy",
    waits: when === "manual" || step === "destroy",
  };
}

/** Where the jobs of a step stand, from the left. */
export function columnOf(step: Step): number {
  return step === "drift" ? 0 : steps.indexOf(step);
}
