import type { Deployment, Service } from "@aws-sdk/client-ecs";
import type { Observation } from "./observation";

/** Where a rollout is. */
export type Phase = "rolling-out" | "rolling-back" | "succeeded" | "rolled-back" | "failed";

/** Whether nothing will change any more by itself. */
export const isSettled = (phase: Phase) => phase !== "rolling-out" && phase !== "rolling-back";

/** The deployment that ECS works towards. */
export const primaryOf = ({ deployments = [] }: Service) => deployments.find(({ status }) => status === "PRIMARY");

/**
 * Where a rollout is, by ECS's service deployment, and without one by the service itself.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export function phaseOf({ service, deployment }: Observation): Phase {
  switch (deployment?.status) {
    case "PENDING":
    case "IN_PROGRESS":
    case "STOP_REQUESTED":
      return "rolling-out";
    case "ROLLBACK_REQUESTED":
    case "ROLLBACK_IN_PROGRESS":
      return "rolling-back";
    case "ROLLBACK_SUCCESSFUL":
      return "rolled-back";
    case "ROLLBACK_FAILED":
    case "STOPPED":
      return "failed";
    // After a success the list may be older than the service, which then knows a newer deployment.
    default:
      return phaseOfService(service);
  }
}

/** Whether ECS made the service's deployment to undo another one. */
export function isRollback(service: Service): boolean {
  const primary = primaryOf(service);
  if (!primary) return false;
  if (primary.rolloutStateReason?.includes("rolling back") === true) return true;
  // Once it is complete, only the event is left; a deployment that began after the event has nothing to do with it.
  const began = primary.createdAt?.getTime() ?? 0;
  return (service.events ?? []).some(
    ({ message, createdAt }) =>
      message?.includes("rolling back to deployment") === true && began - spareMs <= (createdAt?.getTime() ?? 0),
  );
}

/** ECS writes the event and makes the deployment at about the same time. */
const spareMs = 5000;

function phaseOfService(service: Service): Phase {
  const primary = primaryOf(service);
  const isBack = isRollback(service);
  if (primary?.rolloutState === "FAILED") return willRollBack(service, primary) ? "rolling-back" : "failed";
  if (primary?.rolloutState === "COMPLETED") return isBack ? "rolled-back" : "succeeded";
  return isBack ? "rolling-back" : "rolling-out";
}

/** A rollback needs a deployment that was complete, which a first one does not find. */
function willRollBack({ deployments = [], deploymentConfiguration = {} }: Service, failed: Deployment): boolean {
  const { deploymentCircuitBreaker, alarms } = deploymentConfiguration;
  const rollsBack = deploymentCircuitBreaker?.rollback === true || alarms?.rollback === true;
  return rollsBack && deployments.some(({ id, rolloutState }) => id !== failed.id && rolloutState === "COMPLETED");
}
