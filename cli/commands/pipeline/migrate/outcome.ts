import type { Task } from "@aws-sdk/client-ecs";

/** Why a task that has ended was no success; undefined when it was one. */
export function failureOf(
  { containers = [], stoppedReason = "no reason given" }: Task,
  container: string,
): string | undefined {
  const ended = containers.find(({ name }) => name === container);
  const exitCode = ended?.exitCode;
  if (exitCode === 0) return undefined;
  const reasons = [stoppedReason, ended?.reason].filter((reason) => reason !== undefined).join("; ");
  return exitCode === undefined ? `never ran: ${reasons}` : `ended with exit code ${exitCode}: ${reasons}`;
}
