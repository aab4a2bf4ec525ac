import {
  ClusterNotFoundException,
  DescribeServiceDeploymentsCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  ServiceNotFoundException,
  type DesiredStatus,
  type Service,
  type ServiceDeployment,
  type Task,
} from "@aws-sdk/client-ecs";
import { callAws, explainAwsError, type Clients } from "../../lib/aws";
import { describeService, primaryDeployment, type EcsService } from "../../lib/ecs";

/** The state of an ECS service at one moment. */
export interface Observation {
  readonly at: Date;
  readonly service: Service;
  /** The newest service deployment. @default - not available; the status rests on the service's own deployments */
  readonly deployment?: ServiceDeployment;
  /** The running and the stopped tasks, at most 100 of each; ECS lists a stopped task for about an hour. */
  readonly tasks: readonly Task[];
  /** What could not be read, and why. */
  readonly notes: readonly string[];
}

type Ecs = Pick<Clients, "ecs">;

/**
 * Reads the state of a service from AWS.
 *
 * @throws ToolError when the service does not exist, or AWS does not respond
 */
export async function observe(clients: Ecs, target: EcsService, at: Date): Promise<Observation> {
  // The service deployment first, so that it is never newer than the service.
  const { deployment, note } = await newestServiceDeployment(clients, target);
  const service = await describeService(clients, target);
  const isCurrent = deployment && !isOutdated(deployment, service);
  const running = await tasksOf(clients, target, "RUNNING");
  const stopped = await tasksOf(clients, target, "STOPPED");
  return {
    at,
    service,
    deployment: isCurrent ? deployment : undefined,
    tasks: [...running, ...stopped],
    notes: note === undefined ? [] : [note],
  };
}

/** Whether the service has started another deployment since, which ListServiceDeployments does not list yet. */
function isOutdated({ finishedAt, stoppedAt }: ServiceDeployment, service: Service): boolean {
  const started = primaryDeployment(service)?.createdAt;
  const ended = finishedAt ?? stoppedAt;
  return started !== undefined && ended !== undefined && started > ended;
}

interface NewestDeployment {
  readonly deployment?: ServiceDeployment;
  /** Why there is none. */
  readonly note?: string;
}

async function newestServiceDeployment({ ecs }: Ecs, { cluster, service }: EcsService): Promise<NewestDeployment> {
  try {
    const { serviceDeployments = [] } = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
    const [newest] = serviceDeployments.toSorted(
      (one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0),
    );
    const arn = newest?.serviceDeploymentArn;
    if (arn === undefined) return {};
    const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
    return { deployment: described.serviceDeployments?.[0] };
  } catch (error) {
    // describeService reports these with their remedy.
    if (error instanceof ServiceNotFoundException || error instanceof ClusterNotFoundException) return {};
    if (isUnavailable(error)) return { note: unavailableNote(error) };
    throw explainAwsError("ecs:ListServiceDeployments", error);
  }
}

/** Of roles without the permissions, and of endpoints without the API, which ECS has since October 2024. */
const unavailableErrors = ["AccessDeniedException", "UnsupportedFeatureException", "UnknownOperationException"];

function isUnavailable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isUnimplemented =
    "$response" in error &&
    typeof error.$response === "object" &&
    error.$response !== null &&
    "statusCode" in error.$response &&
    error.$response.statusCode === 501;
  return unavailableErrors.includes(error.name) || isUnimplemented;
}

const unavailableNote = ({ name, message }: Error) =>
  `the service deployments of ECS cannot be read, so the status rests on the service alone; ` +
  `allow ecs:ListServiceDeployments and ecs:DescribeServiceDeployments (${name}: ${message})`;

/** At most 100 tasks, the limit of both operations. */
async function tasksOf(
  { ecs }: Ecs,
  { cluster, service }: EcsService,
  desiredStatus: DesiredStatus,
): Promise<readonly Task[]> {
  const list = new ListTasksCommand({ cluster, serviceName: service, desiredStatus });
  const { taskArns = [] } = await callAws("ecs:ListTasks", ecs.send(list));
  if (taskArns.length === 0) return [];
  const describe = new DescribeTasksCommand({ cluster, tasks: taskArns });
  return (await callAws("ecs:DescribeTasks", ecs.send(describe))).tasks ?? [];
}
