import { kindOf } from "../actions";
import { textOf, valueAt } from "../fields";
import type { Plan, ResourceChange } from "../plan";
import type { Loss } from "./loss";

/** What a service has for itself only: when the service goes, it has no further use. */
export const ownTypes: readonly string[] = ["aws_ecr_repository", "aws_cloudwatch_log_group", "aws_sqs_queue"];

const serviceTypes: readonly string[] = ["aws_ecs_service", "aws_ecs_task_definition"];

/** The losses that belong to a service that the same plan removes, and the others. */
export interface DividedLosses {
  readonly withService: readonly Loss[];
  readonly others: readonly Loss[];
}

/**
 * Divides the deletions of a plan. A resource belongs to the service whose name is the longest beginning of its own, as
 * in `aws_cloudwatch_log_group.services_orders_task_metrics`.
 */
export function divideByService(losses: readonly Loss[], plan: Pick<Plan, "resource_changes">): DividedLosses {
  const services = servicesOf(plan);
  const isOfRemoved = (loss: Loss) => {
    const resource = plan.resource_changes.find(({ address, deposed }) => address === loss.address && !deposed);
    if (resource === undefined || kindOf(resource) !== "delete" || !ownTypes.includes(resource.type)) return false;
    const owner = ownerOf(nameIn(resource.address), [...services.keys()]);
    return owner !== undefined && services.get(owner) === "removed" && !isUsed(resource, plan);
  };
  const created = [...services].filter(([, state]) => state === "created").map(([name]) => name);
  const note =
    created.length === 0
      ? []
      : [`${created.join(", ")} is new in this plan: if it continues this one, copy images first`];
  return {
    withService: losses.filter(isOfRemoved).map((loss) => ({
      ...loss,
      notes: loss.address.startsWith("aws_ecr_repository.") ? [...loss.notes, ...note] : loss.notes,
    })),
    others: losses.filter((loss) => !isOfRemoved(loss)),
  };
}

type State = "removed" | "created" | "kept";

/** The services and jobs of a plan by the name in their addresses; each has a task definition of this name. */
function servicesOf({ resource_changes: changes }: Pick<Plan, "resource_changes">): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  for (const resource of changes) {
    if (!serviceTypes.includes(resource.type)) continue;
    const name = nameIn(resource.address);
    // A one-off task is part of its service, which may stay.
    if (/_tasks_\w+$/.test(name) && resource.type === "aws_ecs_task_definition") continue;
    const kind = kindOf(resource);
    const state = kind === "delete" ? "removed" : kind === "create" ? "created" : "kept";
    const former = states.get(name);
    states.set(name, former === undefined || former === state ? state : "kept");
  }
  return states;
}

function ownerOf(name: string, services: readonly string[]): string | undefined {
  return services
    .filter((service) => name === service || name.startsWith(`${service}_`))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** Whether a task that stays has the URL of a repository: services may share an image. */
function isUsed({ type, change }: ResourceChange, { resource_changes: changes }: Pick<Plan, "resource_changes">) {
  const url = textOf(valueAt(change.before, "repository_url"));
  if (type !== "aws_ecr_repository" || url === "") return false;
  return changes.some(
    (other) =>
      other.type === "aws_ecs_task_definition" &&
      kindOf(other) !== "delete" &&
      textOf(valueAt(other.change.after, "container_definitions")).includes(url),
  );
}

/** The part of an address after the type. */
export function nameIn(address: string): string {
  return address.slice(address.indexOf(".") + 1);
}
