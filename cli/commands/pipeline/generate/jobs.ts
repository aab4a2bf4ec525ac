import type { StackWork, Step } from "./steps";

/** A job as GitLab reads it. */
export type Job = Readonly<Record<string, unknown>>;

/** What a job's artifacts are taken from: a job of the same pipeline, or of the one above all. */
type Need = string | { readonly pipeline: string; readonly job: string };

/** Set by the job that starts the generated pipelines. */
const synthesis: Need = { pipeline: "$PARENT_PIPELINE_ID", job: "synth" };

/** Steps that read the synthesized stack. */
const readingStack: readonly Step[] = ["plan", "apply", "migrate", "release", "destroy", "drift"];

/** Steps that change nothing, for which the plan role is enough. */
const readOnly: readonly Step[] = ["plan", "drift"];

/** Steps that GitLab counts as deployments. */
const deploying: readonly Step[] = ["apply", "release"];

export const jobName = (step: Step, stack: string) => `${step} ${stack}`;

/** The jobs of one stack, by name: each waits for the one before it. */
export function jobsFor(work: StackWork): Readonly<Record<string, Job>> {
  return Object.fromEntries(work.steps.map((step) => [jobName(step, work.stack.name), jobFor(step, work)]));
}

function jobFor(step: Step, { stack, steps }: StackWork): Job {
  const { name, region, roles } = stack;
  const chain = steps.filter((each) => each !== "destroy");
  const before = step === "destroy" ? undefined : chain[chain.indexOf(step) - 1];
  const needs: Need[] = [
    ...(readingStack.includes(step) ? [synthesis] : []),
    ...(before === undefined ? [] : [jobName(before, name)]),
  ];
  const role = roles && (readOnly.includes(step) ? roles.plan : roles.deploy);
  return {
    extends: `.${step}`,
    variables: { STACK: name, AWS_REGION: region, ...(role !== undefined && { AWS_ROLE_ARN: role }) },
    needs,
    // Two pipelines never change a stack at once.
    ...(!readOnly.includes(step) && { resource_group: name }),
    ...environmentOf(step, { stack, steps }),
    // The first job that changes something waits, and with it all that follow.
    ...(stack.waitsForPerson && step === chain.find((each) => !readOnly.includes(each))
      ? { when: "manual", allow_failure: false }
      : {}),
  };
}

/** What GitLab shows below Operate > Environments, and protects; the deploying jobs tell how it is stopped. */
function environmentOf(step: Step, { stack, steps }: StackWork): Job {
  const { name, waitsForPerson } = stack;
  if (readOnly.includes(step)) return {};
  if (step === "destroy") return { environment: { name, action: "stop" } };
  if (!deploying.includes(step)) return { environment: { name, action: "access" } };
  return {
    environment: {
      name,
      deployment_tier: waitsForPerson ? "production" : "development",
      ...(steps.includes("destroy") && { on_stop: jobName("destroy", name) }),
    },
  };
}
