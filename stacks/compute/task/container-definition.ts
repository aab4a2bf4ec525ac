import type { z } from "zod";
import type { containerHealthCheck, Secret, Secrets } from "../../../schema/services/container";
import type { SecretRef } from "../../data/secret";

/**
 * The part of ECS's container definition that the stacks use. Its keys are typed here, as neither Terraform nor the AWS
 * provider rejects unknown ones. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly command?: readonly string[];
  /** In 1/1024 vCPU. */
  readonly cpu?: number;
  /** Hard limit, in MiB. */
  readonly memory?: number;
  readonly portMappings?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly hostPort: number;
    readonly protocol: "tcp";
    readonly appProtocol: "http";
  }[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly dockerLabels?: Readonly<Record<string, string>>;
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters?: {
    readonly initProcessEnabled: boolean;
    readonly tmpfs?: readonly {
      readonly containerPath: string;
      /** In MiB. */
      readonly size: number;
      readonly mountOptions: readonly string[];
    }[];
  };
  readonly ulimits?: readonly { readonly name: "nofile"; readonly softLimit: number; readonly hardLimit: number }[];
  readonly mountPoints?: readonly {
    readonly sourceVolume: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
  readonly dependsOn?: readonly {
    readonly containerName: string;
    readonly condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";
  }[];
  readonly restartPolicy?: {
    readonly enabled: true;
    readonly ignoredExitCodes: readonly number[];
    /** Seconds. */
    readonly restartAttemptPeriod: number;
  };
  /** Seconds. */
  readonly stopTimeout?: number;
  readonly healthCheck?: ContainerHealthCheck;
  readonly logConfiguration: LogConfiguration;
  readonly firelensConfiguration?: { readonly type: "fluentbit"; readonly options: Readonly<Record<string, string>> };
}

/** Times in seconds. */
export interface ContainerHealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

export interface LogConfiguration {
  readonly logDriver: "awslogs" | "awsfirelens";
  readonly options: Readonly<Record<string, string>>;
}

/** The log group that ECS's awslogs driver writes to. */
export interface LogTarget {
  readonly group: string;
  readonly region: string;
}

/** Returns a secret of the stage by its name. */
export type StageSecrets = (name: string) => SecretRef;

/** Sorted by name, as ECS returns them: another order would be a change in every plan. */
export function environmentOf(
  variables: Readonly<Record<string, string>>,
): NonNullable<ContainerDefinition["environment"]> {
  return byName(Object.entries(variables).map(([name, value]) => ({ name, value })));
}

export function secretsOf(secrets: Secrets, stageSecret: StageSecrets): NonNullable<ContainerDefinition["secrets"]> {
  return byName(Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret, stageSecret) })));
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

export function awslogs({ group, region }: LogTarget, prefix: string): LogConfiguration {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function valueFrom(secret: Secret, stageSecret: StageSecrets): string {
  if ("parameterArn" in secret) return secret.parameterArn;
  const arn = "secret" in secret ? stageSecret(secret.secret).arn : secret.secretArn;
  return secret.key === undefined ? arn : `${arn}:${secret.key}::`;
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
