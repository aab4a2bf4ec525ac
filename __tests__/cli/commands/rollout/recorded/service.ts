import type { Deployment, Service, ServiceEvent } from "@aws-sdk/client-ecs";
import { at, before, clusterArn, revisionArn, serviceArn, ordersService, targetGroupArn, twoDaysBefore } from "./names";

interface DeploymentFields extends Partial<Deployment> {
  readonly id: string;
  readonly revision: number;
  /** Seconds after the observed deployment was requested. */
  readonly created: number;
}

/** One of a service's deployments as DescribeServices returns it. */
export function deployment({ revision, created, id, ...fields }: DeploymentFields): Deployment {
  return {
    id,
    status: "PRIMARY",
    taskDefinition: revisionArn(revision),
    desiredCount: 1,
    pendingCount: 0,
    runningCount: 0,
    failedTasks: 0,
    createdAt: at(created),
    updatedAt: at(created),
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    platformFamily: "Linux",
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    ...fields,
  };
}

export const completed = ({ id, ...fields }: DeploymentFields) =>
  deployment({
    id,
    runningCount: 1,
    rolloutState: "COMPLETED",
    rolloutStateReason: `ECS deployment ${id} completed.`,
    ...fields,
  });

/** The deployment before, which still runs. */
export const stillActive = completed({ id: before, status: "ACTIVE", revision: 41, created: twoDaysBefore });

/** An event with its own id, as ECS creates it. */
export const event = (seconds: number, message: string): ServiceEvent => ({
  id: `${seconds}-${message.length}-5a6b-4c7d-8e9f-0123456789ab`,
  createdAt: at(seconds),
  message: `(service ${ordersService.service}) ${message}`,
});

const steadyBefore = [
  event(twoDaysBefore + 200, `(deployment ${before}) deployment completed.`),
  event(-3600, "has reached a steady state."),
];

/** A service as DescribeServices returns it, with the newest event first. */
export function service(
  deployments: Deployment[],
  events: readonly ServiceEvent[],
  fields: Partial<Service> = {},
): Service {
  const count = (name: "runningCount" | "pendingCount") =>
    deployments.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  return {
    serviceArn,
    serviceName: ordersService.service,
    clusterArn,
    loadBalancers: [{ targetGroupArn, containerName: "orders", containerPort: 8080 }],
    serviceRegistries: [],
    status: "ACTIVE",
    desiredCount: 1,
    runningCount: count("runningCount"),
    pendingCount: count("pendingCount"),
    launchType: "FARGATE",
    platformVersion: "LATEST",
    platformFamily: "Linux",
    taskDefinition: deployments[0]?.taskDefinition,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    deployments,
    events: [...steadyBefore, ...events].reverse(),
    createdAt: at(2 * twoDaysBefore),
    healthCheckGracePeriodSeconds: 60,
    schedulingStrategy: "REPLICA",
    deploymentController: { type: "ECS" },
    ...fields,
  };
}
