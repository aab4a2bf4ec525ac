import { App } from "cdktf";
import type { StageConfig } from "../../schema";
import { StageStack } from "../../stacks/stage-stack";
import { minimalDomain, minimalService, stageWith } from "../fixtures/stage";

/** The Terraform of a stage, as synthesis writes it. */
export function rendered(stage: StageConfig): object {
  const stack = new StageStack(new App(), stage);
  stack.prepareStack();
  return stack.render();
}

/** A production stage with features that the shipped stages do not use: a public ALB, a file system and a secret. */
export const publicStage = stageWith({
  production: true,
  ingress: { kind: "alb", domain: minimalDomain, waf: {}, deletionProtection: true },
  data: { secrets: { stripe: { source: "create" } } },
  services: { orders: { ...minimalService, uses: ["secret:stripe"], fileSystem: { mountPath: "/files" } } },
});
