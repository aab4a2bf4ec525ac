import type { Scope } from "../../models/aws";
import type { JsonObject } from "../../wire/json";

/** A task behind a target group or a Cloud Map service. */
export interface ContainerTask {
  /** Private address; "" without a network interface of its own. */
  readonly address: string;
  /** Whether it serves its last requests, and receives no new ones. */
  readonly isDraining: boolean;
}

/** A container that can run as a local process. */
export interface Container {
  readonly scope: Scope;
  /** Name of the service, or of the family of a standalone task. */
  readonly name: string;
  /** Definition of the container; an empty object when the task definition has none of the name. */
  readonly definition: JsonObject;
  /** @default - the task has no role */
  readonly taskRoleArn?: string;
  /** Role with which ECS reads secrets, pulls the image and writes logs. @default - the task has none */
  readonly executionRoleArn?: string;
}

/** The container of an ECS service that runs as a process. */
export interface ServiceContainer extends Container {
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** Whether a target group or a Cloud Map service has its tasks: the process must listen then. */
  readonly receivesRequests: boolean;
  /** NaN when the container names none. */
  readonly port: number;
  /** The tasks that are registered. */
  readonly tasks: readonly ContainerTask[];
}
