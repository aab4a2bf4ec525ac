import {
  ClusterNotFoundException,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  ServiceNotFoundException,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
} from "@aws-sdk/client-ecs";
import type { Target } from "../target";
import type { Clients } from "./clients";
import { problemWith } from "./problem";

/** The newest service deployment, or why it cannot be seen. */
export interface Seen {
  readonly deployment?: ServiceDeployment;
  readonly note?: string;
}

/** Errors of roles older than the API, which ECS has since October 2024, and of places that do not have it. */
const unavailable = ["AccessDeniedException", "UnsupportedFeatureException", "UnknownOperationException"];

/** Asks for the newest service deployment; a verdict is possible without it. */
export async function newestServiceDeployment(
  { ecs }: Pick<Clients, "ecs">,
  { cluster, service }: Target,
): Promise<Seen> {
  try {
    const { serviceDeployments = [] } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
    const arn = newest(serviceDeployments)?.serviceDeploymentArn;
    if (arn === undefined) return {};
    const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
    return { deployment: described.serviceDeployments?.[0] };
  } catch (error) {
    // The service itself tells better what is missing.
    if (error instanceof ServiceNotFoundException || error instanceof ClusterNotFoundException) return {};
    if (isUnavailable(error)) return { note: noteOf(error) };
    throw problemWith("ecs:ListServiceDeployments", error);
  }
}

function newest(deployments: readonly ServiceDeploymentBrief[]): ServiceDeploymentBrief | undefined {
  return deployments.toSorted((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))[0];
}

function isUnavailable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isUnimplemented =
    "$response" in error &&
    typeof error.$response === "object" &&
    error.$response !== null &&
    "statusCode" in error.$response &&
    error.$response.statusCode === 501;
  return unavailable.includes(error.name) || isUnimplemented;
}

const noteOf = ({ name, message }: Error) =>
  `ECS's service deployments are out of sight, so this rests on the service itself; ` +
  `allow ecs:ListServiceDeployments and ecs:DescribeServiceDeployments (${name}: ${message})`;
