import type { z } from "zod";
import type { containerHealthCheck } from "../../../config/schema/services/health-check";
import type { Secret, Secrets } from "../../../config/schema/services/secrets";
import type { ContainerDefinition, ContainerHealthCheck, LogConfiguration } from "./container-definition";

/** Where containers of a task write, by ECS itself. */
export interface LogPlace {
  readonly group: string;
  readonly region: string;
}

/** By name, as ECS gives them back: otherwise a plan would show a change of order. */
export function environmentOf(
  variables: Readonly<Record<string, string>>,
): NonNullable<ContainerDefinition["environment"]> {
  return byName(Object.entries(variables).map(([name, value]) => ({ name, value })));
}

export function secretsOf(secrets: Secrets): NonNullable<ContainerDefinition["secrets"]> {
  return byName(Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret) })));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function valueFrom(secret: Secret): string {
  if ("parameterArn" in secret) return secret.parameterArn;
  return secret.key === undefined ? secret.secretArn : `${secret.secretArn}:${secret.key}::`;
}

export function healthCheckOf(check: z.output<typeof containerHealthCheck>): ContainerHealthCheck {
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = check;
  return {
    command: ["CMD", ...command],
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    retries,
    startPeriod: startPeriodSeconds,
  };
}

export function awslogs({ group, region }: LogPlace, prefix: string): LogConfiguration {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix },
  };
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
