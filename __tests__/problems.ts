import { checkStage } from "../config/check-stage";
import { ConfigError } from "../config/problems";
import { minimalService, minimalStage } from "./stage";

/** What a person sees who writes the smallest stage with these fields; nothing when it is accepted. */
export function problems(fields: object): string {
  const found = checkStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, ...fields }).problems;
  return found.length === 0 ? "" : new ConfigError(found).message;
}

/** The smallest stage's service, with these fields. */
export const web = (fields: object) => ({ services: { orders: { ...minimalService, ...fields } } });

/** The same service, and beside it the smallest worker with these fields. */
export const worker = (fields: object) => ({
  services: { orders: minimalService, mailer: { kind: "worker", ...fields } },
});

/** The same service, and beside it the smallest job with these fields. */
export const job = (fields: object) => ({
  services: { orders: minimalService, cleaner: { kind: "job", schedule: "rate(1 hour)", ...fields } },
});
