import { productionEnvironments } from "../../config/production";
import { stackName, type StageConfig } from "../../config";
import { stageFile, withoutExcused } from "./exceptions";
import type { Finding } from "./finding";
import { ReadStack } from "./read-stack";
import type { Rules } from "./rule";

/** Checks the synthesized Terraform of a stage against the rules, less what the stage excuses. */
export function checkStage(stage: StageConfig, synthesized: unknown, rules: Rules): Finding[] {
  const place = { stack: stackName(stage), file: stageFile(stage) };
  const findings = brokenRules(new ReadStack(place.stack, synthesized), rules).map((broken) => ({
    ...broken,
    ...place,
  }));
  return withoutExcused(findings, stage.exceptions, place);
}

/** The rules that a stack breaks, with the places where it does. */
export function brokenRules(stack: ReadStack, rules: Rules): Omit<Finding, "stack" | "file">[] {
  const inProduction = productionEnvironments.includes(stack.environment);
  return Object.entries(rules).flatMap(([id, { holds, check, severity, source, mend }]) =>
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
}
