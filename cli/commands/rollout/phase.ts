import type { Deployment, Service } from "@aws-sdk/client-ecs";
import { primaryDeployment } from "../../lib/ecs";
import type { Observation } from "./observation";

/** The phase of a rollout. */
export type Phase = "rolling-out" | "rolling-back" | "succeeded" | "rolled-back" | "failed";

/** Whether the phase is final. */
export const isFinal = (phase: Phase) => phase !== "rolling-out" && phase !== "rolling-back";

/**
 * The phase by the service deployment of ECS, and without one by the service itself.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export function phaseOf({ service, deployment }: Pick<Observation, "service" | "deployment">): Phase {
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
    // A successful service deployment may be older than the service, which then has a newer deployment.
    default:
      return phaseOfService(service);
  }
}

/**
 * When the observed rollout started; older events and tasks do not belong to it. The epoch where ECS gives no time, so
 * that everything counts.
 */
export function startOf(observations: readonly Observation[]): Date {
  const { deployment } = observations.at(-1) ?? {};
  if (deployment?.createdAt) return deployment.createdAt;
  const rollouts = observations.flatMap(({ service }) =>
    (service.deployments ?? []).filter(
      ({ status, rolloutState }) => rolloutState === "FAILED" || (status === "PRIMARY" && !isRollback(service)),
    ),
  );
  return new Date(Math.max(0, ...rollouts.map(({ createdAt }) => createdAt?.getTime() ?? 0)));
}

/** Whether the service's primary deployment rolls another one back. */
function isRollback(service: Service): boolean {
  const primary = primaryDeployment(service);
  if (!primary) return false;
  if (primary.rolloutStateReason?.includes("rolling back") === true) return true;
  // A completed rollback is recognized by its event only; a deployment that started after the event is another one.
  const started = primary.createdAt?.getTime() ?? 0;
  return (service.events ?? []).some(
    ({ message, createdAt }) =>
      message?.includes("rolling back to deployment") === true && started - toleranceMs <= (createdAt?.getTime() ?? 0),
  );
}

/** ECS writes the event and creates the deployment at about the same time. */
const toleranceMs = 5000;

function phaseOfService(service: Service): Phase {
  const primary = primaryDeployment(service);
  const rollsBack = isRollback(service);
  if (primary?.rolloutState === "FAILED") return willRollBack(service, primary) ? "rolling-back" : "failed";
  if (primary?.rolloutState === "COMPLETED") return rollsBack ? "rolled-back" : "succeeded";
  return rollsBack ? "rolling-back" : "rolling-out";
}

/** A rollback needs an earlier completed deployment, which a first deployment does not have. */
function willRollBack({ deployments = [], deploymentConfiguration = {} }: Service, failed: Deployment): boolean {
  const { deploymentCircuitBreaker, alarms } = deploymentConfiguration;
  const isConfigured = deploymentCircuitBreaker?.rollback === true || alarms?.rollback === true;
  return isConfigured && deployments.some(({ id, rolloutState }) => id !== failed.id && rolloutState === "COMPLETED");
}
