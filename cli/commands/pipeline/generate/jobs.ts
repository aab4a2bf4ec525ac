import type { StackWork, Step } from "./work";

/** A job of GitLab CI/CD. */
export type Job = Readonly<Record<string, unknown>>;

/** A job whose artifacts another one uses: of the same pipeline, or of the parent pipeline. */
type Need = string | { readonly pipeline: string; readonly job: string };

/** The job that synthesizes; PARENT_PIPELINE_ID is set by the job that triggers the generated pipelines. */
const synthesis: Need = { pipeline: "$PARENT_PIPELINE_ID", job: "synth" };

/** Steps that read the synthesized stack. */
const readingStack: readonly Step[] = ["plan", "apply", "migrate", "release", "destroy", "drift"];

/** Steps that change nothing and use the plan role. */
const readOnly: readonly Step[] = ["plan", "drift"];

/** Steps that GitLab counts as deployments. */
const deploying: readonly Step[] = ["apply", "release"];

/** The jobs of one stack, by name: each needs the one before it. */
export function jobsFor(work: StackWork): Readonly<Record<string, Job>> {
  return Object.fromEntries(work.steps.map((step) => [jobName(step, work.stack.name), jobFor(step, work)]));
}

function jobName(step: Step, stack: string): string {
  return `${step} ${stack}`;
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
    // Two pipelines must not change a stack at the same time.
    ...(!readOnly.includes(step) && { resource_group: name }),
    ...environmentOf(step, { stack, steps }),
    // The jobs after a blocking manual job wait for it too.
    ...(stack.manualApproval && step === chain.find((each) => !readOnly.includes(each))
      ? { when: "manual", allow_failure: false }
      : {}),
  };
}

/** The entry below Operate > Environments, which can be protected; the deploying jobs name the job that stops it. */
function environmentOf(step: Step, { stack, steps }: StackWork): Job {
  const { name, manualApproval } = stack;
  if (readOnly.includes(step)) return {};
  if (step === "destroy") return { environment: { name, action: "stop" } };
  if (!deploying.includes(step)) return { environment: { name, action: "access" } };
  return {
    environment: {
      name,
      deployment_tier: manualApproval ? "production" : "development",
      ...(steps.includes("destroy") && { on_stop: jobName("destroy", name) }),
    },
  };
}
