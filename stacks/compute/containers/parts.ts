import type { z } from "zod";
import type { containerHealthCheck, Secret, Secrets } from "../../../schema/services/container";
import type { SecretPlace } from "../../data/secret";
import type { ContainerDefinition, ContainerHealthCheck, LogConfiguration } from "./container-definition";

/** Where containers of a task write, by ECS itself. */
export interface LogPlace {
  readonly group: string;
  readonly region: string;
}

/** Finds a secret of the stage by its name. */
export type StageSecrets = (name: string) => SecretPlace;

/** By name, as ECS gives them back: otherwise a plan would show a change of order. */
export function environmentOf(
  variables: Readonly<Record<string, string>>,
): NonNullable<ContainerDefinition["environment"]> {
  return byName(Object.entries(variables).map(([name, value]) => ({ name, value })));
}

export function secretsOf(secrets: Secrets, stageSecret: StageSecrets): NonNullable<ContainerDefinition["secrets"]> {
  return byName(Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret, stageSecret) })));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function valueFrom(secret: Secret, stageSecret: StageSecrets): string {
  if ("parameterArn" in secret) return secret.parameterArn;
  const arn = "secret" in secret ? stageSecret(secret.secret).arn : secret.secretArn;
  return secret.key === undefined ? arn : `${arn}:${secret.key}::`;
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
