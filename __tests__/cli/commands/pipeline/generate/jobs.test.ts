import { z } from "zod";
import { jobsFor } from "../../../../../cli/commands/pipeline/generate/jobs";
import type { Step } from "../../../../../cli/commands/pipeline/generate/work";
import { prod, stackWith } from "./stack";

const all: readonly Step[] = ["plan", "apply", "image", "migrate", "release", "rollout", "destroy"];
const withoutPlan = all.slice(2);
const synth = { pipeline: "$PARENT_PIPELINE_ID", job: "synth" };
const dev = stackWith();

/** One property of each job, by step. */
function each(property: string, stack = dev, steps = all): Record<string, unknown> {
  const jobs = Object.entries(jobsFor({ stack, steps }));
  return Object.fromEntries(jobs.map(([name, job]) => [name.replace(` ${stack.name}`, ""), job[property]]));
}

/** The role of each job, by step. */
function roles(steps: readonly Step[]): [step: string, role: unknown][] {
  return Object.entries(each("variables", dev, steps)).map(([step, variables]) => [
    step,
    z.object({ AWS_ROLE_ARN: z.string() }).parse(variables).AWS_ROLE_ARN,
  ]);
}

describe("the jobs of a stack", () => {
  it("need the job before them, and the jobs whose artifacts they read", () => {
    expect(each("needs")).toEqual({
      plan: [synth],
      apply: [synth, `plan ${dev.name}`],
      image: [`apply ${dev.name}`],
      migrate: [synth, `image ${dev.name}`],
      release: [synth, `migrate ${dev.name}`],
      rollout: [`release ${dev.name}`],
      destroy: [synth],
    });
  });

  it("use the plan role for plan and drift, and the stack's own role for the rest", () => {
    const used = roles([...all, "drift"]);
    const planning = used.filter(([, role]) => role === dev.roles?.plan).map(([step]) => step);
    expect(planning).toEqual(["plan", "drift"]);
    expect(used.filter(([, role]) => role === dev.roles?.deploy)).toHaveLength(6);
  });

  it("have no role without an account stack", () => {
    expect(each("variables", stackWith({ roles: undefined })).apply).toEqual({
      STACK: dev.name,
      AWS_REGION: "us-east-1",
    });
  });

  it("change a stack one at a time in all pipelines, and plan at any time", () => {
    expect(each("resource_group")).toEqual({
      ...Object.fromEntries(all.map((step) => [step, dev.name])),
      plan: undefined,
    });
  });

  it("start automatically in dev", () => {
    expect(Object.values(each("when")).filter((when) => when !== undefined)).toEqual([]);
  });

  it("need a manual approval before the first change of prod, which blocks the jobs after it", () => {
    const steps = all.filter((step) => step !== "destroy");
    expect(each("when", prod, steps)).toMatchObject({ apply: "manual", image: undefined, release: undefined });
    expect(each("allow_failure", prod, steps)).toMatchObject({ apply: false });
    expect(each("when", prod, withoutPlan.slice(0, -1))).toMatchObject({ image: "manual", migrate: undefined });
  });

  it("deploy an environment with the name of the stack, which the job destroy stops", () => {
    const deployment = { name: dev.name, deployment_tier: "development", on_stop: `destroy ${dev.name}` };
    const access = { name: dev.name, action: "access" };
    expect(each("environment")).toEqual({
      plan: undefined,
      apply: deployment,
      image: access,
      migrate: access,
      release: deployment,
      rollout: access,
      destroy: { name: dev.name, action: "stop" },
    });
    expect(each("environment", prod, ["plan", "apply"]).apply).toEqual({
      name: prod.name,
      deployment_tier: "production",
    });
  });
});
