import { causeOf, isCreated, isRemoved, kindOf } from "../actions";
import { listOf, parsedJson, textOf, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import { apiInterruptions } from "./apis";
import { dataInterruptions } from "./data-services";
import type { Interruption } from "./interruption";
import { successorOf } from "./keys";
import { loadBalancerInterruptions } from "./load-balancers";
import { nameInterruptions } from "./names";
import { networkInterruptions } from "./networks";
import type { Outage } from "./outage";
import { taskInterruptions } from "./tasks";

/** What is not available without a resource, by type. */
export const interruptions: Readonly<Record<string, Interruption>> = {
  ...loadBalancerInterruptions,
  ...apiInterruptions,
  ...nameInterruptions,
  ...networkInterruptions,
  ...taskInterruptions,
  ...dataInterruptions,
};

/** The types that receive the requests of clients: a new one of another type can take over. */
const entrances: readonly string[] = ["aws_lb", "aws_api_gateway_rest_api", "aws_apigatewayv2_api"];

/** The parts of a REST API that an OpenAPI document describes instead. */
const partsOfDocument: readonly string[] = [
  "aws_api_gateway_resource",
  "aws_api_gateway_method",
  "aws_api_gateway_integration",
  "aws_api_gateway_authorizer",
];

/** The outages by resources that a plan deletes or replaces. */
export function removalOutages(plan: Pick<Plan, "resource_changes">): readonly Outage[] {
  return plan.resource_changes.flatMap((resource) => {
    const interruption = interruptions[resource.type];
    if (interruption === undefined || !isRemoved(resource)) return [];
    if (isReported(interruption, resource, plan) || isInDocument(resource, plan)) return [];
    const outage = outageOf(interruption, resource, plan);
    return outage === undefined ? [] : [outage];
  });
}

function outageOf(
  interruption: Interruption,
  resource: ResourceChange,
  plan: Pick<Plan, "resource_changes">,
): Outage | undefined {
  const { thing, until, minutes, createFirst } = interruption;
  const name = nameOf(resource);
  const what = interruption.what(resource, plan);
  const from = `the deletion of the old ${thing}`;
  const reason = `it ${causeOf(resource)}`;
  const kind = kindOf(resource);
  if (resource.deposed !== undefined) return undefined;
  if (kind === "create-first") return createFirst && { name, what, reason, ...createFirst };
  if (kind === "delete-first") {
    return {
      name,
      what,
      from,
      until,
      reason: `${reason}, and is deleted first`,
      ...(minutes !== undefined && { minutes }),
    };
  }
  const successor = successorOf(resource, plan);
  if (successor !== undefined) {
    const moved = `${successor.address} has the same key, and no order to it`;
    return { name, what, from, until, reason: moved, ...(minutes !== undefined && { minutes }) };
  }
  if (interruption.whenDeleted === false) return undefined;
  const entrance = newEntrance(resource, plan);
  if (entrance !== undefined) {
    return { name, what, from, until: `${entrance} serves, and clients or records name it`, minutes: 5, reason };
  }
  return { name, what, from: `the deletion of the ${thing}`, reason };
}

/** Whether the removal of a whole includes this part. */
function isReported({ partOf = [] }: Interruption, resource: ResourceChange, plan: Pick<Plan, "resource_changes">) {
  return partOf.some(({ type, by, key }) => {
    const names = listOf(valueAt(resource.change.before, by));
    return plan.resource_changes.some(
      (whole) => whole.type === type && isRemoved(whole) && names.includes(valueAt(whole.change.before, key)),
    );
  });
}

/** Whether a method or path becomes a part of the OpenAPI document of its API. */
function isInDocument({ type, change }: ResourceChange, { resource_changes: changes }: Pick<Plan, "resource_changes">) {
  if (!partsOfDocument.includes(type)) return false;
  const api = changes.find(
    (other) =>
      other.type === "aws_api_gateway_rest_api" &&
      valueAt(other.change.before, "id") === valueAt(change.before, "rest_api_id"),
  );
  if (api === undefined || kindOf(api) !== "update") return false;
  return (
    valueAt(api.change.after_unknown, "body") === true || parsedJson(valueAt(api.change.after, "body")) !== undefined
  );
}

/** A load balancer or API that the plan creates instead of a deleted one. */
function newEntrance({ type }: ResourceChange, { resource_changes: changes }: Pick<Plan, "resource_changes">) {
  if (!entrances.includes(type)) return undefined;
  const created = changes.filter((resource) => entrances.includes(resource.type) && isCreated(resource));
  return textOf((created.find((resource) => resource.type !== "aws_lb") ?? created[0])?.address) || undefined;
}
