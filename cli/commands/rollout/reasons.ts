import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import type { Event } from "./events";
import type { Observation } from "./observation";

/** The alarms that made ECS give a rollout up; all that it watched where it does not tell which. */
export function alarmsOf({ service, deployment }: Observation, events: readonly Event[]): readonly string[] {
  if (deployment) return deployment.alarms?.triggeredAlarmNames ?? [];
  const isAlarmed = events.some(({ message }) => message.includes("deployment failed: alarm detected"));
  return isAlarmed ? (service.deploymentConfiguration?.alarms?.alarmNames ?? []) : [];
}

/** What made ECS give a rollout up, in its own words where it has some. */
export function reasonsOf({ service, deployment }: Observation, events: readonly Event[]): string[] {
  const told = [deployment?.statusReason, deployment?.rollback?.reason].filter((reason) => reason !== undefined);
  const failed = (service.deployments ?? [])
    .filter(({ rolloutState }) => rolloutState === "FAILED")
    .flatMap(({ rolloutStateReason }) => (rolloutStateReason === undefined ? [] : [rolloutStateReason]));
  const fallback = events.map(({ message }) => message).filter((message) => message.includes("deployment failed:"));
  const detected = deployment ? detectedBy(deployment) : [];
  return [...new Set([...detected, ...(told.length > 0 ? told : failed.length > 0 ? failed : fallback.slice(-1))])];
}

function detectedBy({ alarms, deploymentCircuitBreaker }: ServiceDeployment): string[] {
  const names = alarms?.triggeredAlarmNames ?? [];
  const { status, failureCount = 0, threshold = 0 } = deploymentCircuitBreaker ?? {};
  return [
    ...(names.length > 0 ? [`Alarm in state ALARM: ${names.join(", ")}`] : []),
    ...(status === "TRIGGERED" ? [`Circuit breaker: ${failureCount} tasks failed, of ${threshold} that may`] : []),
  ];
}
