import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import { at, clusterArn, serviceArn, serviceDeploymentArn, serviceRevisionArn } from "./names";

/** The reason of ECS for a deployment that the circuit breaker stopped. */
export const breakerTripped = "Service deployment rolled back because the circuit breaker threshold was exceeded.";

/** The observed deployment as DescribeServiceDeployments returns it. */
export function serviceDeployment(
  status: ServiceDeployment["status"],
  fields: Partial<ServiceDeployment> = {},
): ServiceDeployment {
  return {
    serviceDeploymentArn: serviceDeploymentArn("YFRjbGIfDAuwh9Bv7aPs1"),
    serviceArn,
    clusterArn,
    createdAt: at(2),
    startedAt: at(3),
    updatedAt: at(10),
    sourceServiceRevisions: [
      { arn: serviceRevisionArn("4402"), requestedTaskCount: 1, runningTaskCount: 1, pendingTaskCount: 0 },
    ],
    targetServiceRevision: {
      arn: serviceRevisionArn("7711"),
      requestedTaskCount: 1,
      runningTaskCount: 0,
      pendingTaskCount: 0,
    },
    status,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    deploymentCircuitBreaker: { status: "MONITORING", failureCount: 0, threshold: 3 },
    ...fields,
  };
}

/** The fields of a deployment that the circuit breaker stopped. */
export const tripped = (seconds: number): Partial<ServiceDeployment> => ({
  statusReason: breakerTripped,
  deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
  rollback: { reason: breakerTripped, startedAt: at(seconds), serviceRevisionArn: serviceRevisionArn("4402") },
});

/** The deployment before, which ListServiceDeployments lists after the observed one. */
export const finishedBefore: ServiceDeployment = {
  ...serviceDeployment("SUCCESSFUL"),
  serviceDeploymentArn: serviceDeploymentArn("Gm1aXHx8cVRM5cA3fQqvT"),
  createdAt: at(-172_800),
  startedAt: at(-172_799),
  finishedAt: at(-172_600),
};
