import type { Construct } from "constructs";
import type { StageConfig } from "../schema";
import { dataProtectionOutput } from "./naming";
import { addOutput } from "./readable-stack";

/** Tells the guard, in the state, that the stage's data may be lost; without a word it may not. */
export function addDataProtectionOutput(scope: Construct, { allowDataLoss }: Pick<StageConfig, "allowDataLoss">): void {
  if (!allowDataLoss) return;
  addOutput(scope, dataProtectionOutput, { value: "off", description: "Whether the guard stops the loss of data" });
}
