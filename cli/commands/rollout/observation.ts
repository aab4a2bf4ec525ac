import type { Service, ServiceDeployment, Task } from "@aws-sdk/client-ecs";

/** What AWS says of a service at one moment. */
export interface Observation {
  readonly at: Date;
  readonly service: Service;
  /** The newest service deployment. @default - ECS tells none; the verdict rests on the service's own deployments */
  readonly deployment?: ServiceDeployment;
  /** The running and the stopped tasks, at most 100 of each: ECS forgets a stopped one after about an hour. */
  readonly tasks: readonly Task[];
  /** What could not be seen, and why. */
  readonly notes: readonly string[];
}
