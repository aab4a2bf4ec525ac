import { z } from "zod";
import { jobsFor } from "../../../../../cli/commands/pipeline/generate/jobs";
import type { Step } from "../../../../../cli/commands/pipeline/generate/steps";
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
  it("wait for each other, and take the plan and the synthesized stack from the jobs that made them", () => {
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

  it("plan and look for drift with the plan role, and do the rest with the stack's own", () => {
    const used = roles([...all, "drift"]);
    const planning = used.filter(([, role]) => role === dev.roles?.plan).map(([step]) => step);
    expect(planning).toEqual(["plan", "drift"]);
    expect(used.filter(([, role]) => role === dev.roles?.deploy)).toHaveLength(6);
  });

  it("name no role where no account made one", () => {
    expect(each("variables", stackWith({ roles: undefined })).apply).toEqual({
      STACK: dev.name,
      AWS_REGION: "us-east-1",
    });
  });

  it("change a stack one after the other, in whichever pipeline, and plan at any time", () => {
    expect(each("resource_group")).toEqual({
      ...Object.fromEntries(all.map((step) => [step, dev.name])),
      plan: undefined,
    });
  });

  it("start at once in dev", () => {
    expect(Object.values(each("when")).filter((when) => when !== undefined)).toEqual([]);
  });

  it("wait for a person before the first change of prod, and block what follows", () => {
    const steps = all.filter((step) => step !== "destroy");
    expect(each("when", prod, steps)).toMatchObject({ apply: "manual", image: undefined, release: undefined });
    expect(each("allow_failure", prod, steps)).toMatchObject({ apply: false });
    expect(each("when", prod, withoutPlan.slice(0, -1))).toMatchObject({ image: "manual", migrate: undefined });
  });

  it("deploy an environment of the stack's name, which destroying stops", () => {
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
