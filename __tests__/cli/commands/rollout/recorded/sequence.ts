import type { Service, ServiceDeployment, Task } from "@aws-sdk/client-ecs";

/** An error as ECS answers it. */
export interface AwsError {
  readonly __type: string;
  readonly message: string;
}

/** What AWS answers while it is asked once for everything. */
export interface Poll {
  readonly serviceDeployment: ServiceDeployment | AwsError;
  /** Undefined where ECS reports the service as missing. */
  readonly service: Service | AwsError | undefined;
  readonly tasks: readonly Task[];
}

/**
 * What AWS answers in the course of a rollout, in the shapes of the API reference and with the texts of ECS; the last
 * poll repeats without end.
 */
export interface Sequence {
  readonly polls: readonly Poll[];
  /** Last lines of tasks that logged, by their id. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
}

export const isError = (answer: object): answer is AwsError => "__type" in answer;
