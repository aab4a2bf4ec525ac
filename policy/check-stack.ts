import { productionEnvironments, stackName, type StageConfig } from "../schema";
import { stageFile, withoutExcused } from "./exceptions";
import type { Finding } from "./finding";
import { flowsOfCalls } from "./reachability";
import { ReadStack } from "./read-stack";
import type { Rules } from "./rule";

/** Checks the synthesized Terraform of a stage against the rules, less what the stage excuses. */
export function checkStage(stage: StageConfig, synthesized: unknown, rules: Rules): Finding[] {
  const place = { stack: stackName(stage), file: stageFile(stage) };
  const findings = brokenRules(new ReadStack(place.stack, synthesized, flowsOfCalls(stage)), rules).map((broken) => ({
    ...broken,
    ...place,
  }));
  return withoutExcused(findings, stage.exceptions, place);
}

type Broken = Omit<Finding, "stack" | "file">;

/** The rules that a stack breaks, with the places where it does: each fault by the rule that says most of it. */
export function brokenRules(stack: ReadStack, rules: Rules): Broken[] {
  const inProduction = productionEnvironments.includes(stack.environment);
  const all = Object.entries(rules).flatMap(([id, { holds, check, severity, source, mend }]) =>
    holds === "production" && !inProduction
      ? []
      : check(stack).map(({ resource, problem }) => ({
          rule: id,
          severity,
          resource,
          message: `${problem}; ${mend}`,
          source,
        })),
  );
  return all.filter(({ rule, resource }) =>
    all.every((other) => other.resource !== resource || rules[other.rule]?.covers?.includes(rule) !== true),
  );
}
