import type { ServiceConfig, StageConfig } from "../../../schema";
import { taskSecrets } from "../../../schema/services/container";

/** Numbers of the values that a service's tasks read when they start, so that a new number brings new tasks. */
export function secretLabels(service: ServiceConfig, { secrets }: StageConfig["data"]): Record<string, string> {
  const names = [
    ...service.uses.flatMap((use) => (use.startsWith("secret:") ? [use.slice("secret:".length)] : [])),
    ...taskSecrets(service).flatMap((secret) => ("secret" in secret ? [secret.secret] : [])),
  ];
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const generation = secrets[name]?.generation;
      return generation === undefined ? [] : [[`secret.${name}`, String(generation)]];
    }),
  );
}
