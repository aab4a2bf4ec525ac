import { App } from "cdktf";
import type { StageConfig } from "../../schema";
import { StageStack } from "../../stacks/stage-stack";
import { minimalDomain, minimalService, stageWith } from "../fixtures/stage";

/** A stage's Terraform, as a synthesis renders it. */
export function rendered(stage: StageConfig): object {
  const stack = new StageStack(new App(), stage);
  stack.prepareStack();
  const terraform = stack.render();
  if (typeof terraform !== "object" || terraform === null) throw new Error("a stack renders as an object");
  return terraform;
}

/** A stage of production with what the shipped ones do without: an ALB on the internet, files, a secret. */
export const publicStage = stageWith({
  environment: "prod",
  ingress: { kind: "alb", domain: minimalDomain, waf: {}, deletionProtection: true },
  data: { secrets: { stripe: { source: "create" } } },
  services: { orders: { ...minimalService, uses: ["secret:stripe"], fileSystem: { mountPath: "/files" } } },
});
