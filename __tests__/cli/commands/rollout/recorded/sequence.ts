import type { Service, ServiceDeployment, Task } from "@aws-sdk/client-ecs";

/** An error response of ECS. */
export interface AwsError {
  readonly __type: string;
  readonly message: string;
}

/** The responses of AWS during one observation. */
export interface Poll {
  readonly serviceDeployment: ServiceDeployment | AwsError;
  /** Undefined where ECS reports the service as missing. */
  readonly service: Service | AwsError | undefined;
  readonly tasks: readonly Task[];
}

/**
 * The responses of AWS during a rollout, in the shapes of the API reference and with the texts of ECS; the last poll is
 * repeated.
 */
export interface Sequence {
  readonly polls: readonly Poll[];
  /** Last log lines by task id. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
}

export const isError = (response: object): response is AwsError => "__type" in response;
