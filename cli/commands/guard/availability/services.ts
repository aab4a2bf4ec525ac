import { isCreated, kindOf } from "../actions";
import { isChanged, isObject, isUnknown, listOf, textOf, textsOf, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import { routesTo } from "./load-balancers";
import type { Outage } from "./outage";

type Changes = Pick<Plan, "resource_changes">;

/** The outages by changes of ECS services that stay. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html */
export function serviceOutages(plan: Changes): readonly Outage[] {
  const services = plan.resource_changes.filter(({ type }) => type === "aws_ecs_service");
  return [
    ...services.filter((service) => kindOf(service) === "update").flatMap((service) => updateOutages(service, plan)),
    ...services.filter(isCreated).flatMap((service) => takeoverOutages(service, plan)),
  ];
}

function updateOutages(service: ResourceChange, plan: Changes): Outage[] {
  const name = nameOf(service);
  const what = serviceText(service, plan);
  const stopped = valueAt(service.change.after, "desired_count") === 0 && isChanged(service, "desired_count");
  if (stopped) return [{ name, what, from: "the update of the service", reason: "its desired_count becomes 0" }];
  const port = portOutage(service, plan);
  if (port !== undefined) return [port];
  const isDeployed = isChanged(service, "task_definition") || isChanged(service, "network_configuration");
  if (isDeployed && valueAt(service.change.after, "deployment_minimum_healthy_percent") === 0) {
    return [
      {
        name,
        what,
        from: "the start of the deployment, which stops the old tasks first",
        until: "the new tasks are healthy",
        minutes: 3,
        reason: "its deployment_minimum_healthy_percent is 0",
      },
    ];
  }
  return [];
}

/**
 * With `wait_for_steady_state`, the rule of the old port can be deleted after the tasks on it have stopped. A rule that
 * changes in place, or is deleted first, closes the port before.
 */
function portOutage(service: ResourceChange, plan: Changes): Outage | undefined {
  const [before, after] = [portsOf(service.change.before), portsOf(service.change.after)];
  const closed = before.filter((port) => !after.includes(port));
  if (closed.length === 0 || isUnknown(service, "load_balancer.container_port")) return undefined;
  const rule = closingRule(service, closed, plan);
  const isSteady = valueAt(service.change.after, "wait_for_steady_state") === true;
  if (isSteady && (rule === undefined || kindOf(rule) === "delete")) return undefined;
  const without = isSteady ? "" : " without wait_for_steady_state";
  return {
    name: nameOf(service),
    what: serviceText(service, plan),
    from:
      rule === undefined
        ? "the update of the service"
        : `the change of ${rule.address}, which closes port ${closed.join(", ")} to the running tasks`,
    until: `tasks that listen on port ${after.join(", ")} are healthy`,
    minutes: 5,
    reason: `its container port changes from ${closed.join(", ")} to ${after.join(", ")}${without}`,
  };
}

/** The rule that closes one of the ports of the tasks: of their own security group, or of one that connects to it. */
function closingRule(service: ResourceChange, ports: readonly number[], { resource_changes: changes }: Changes) {
  const groups = textsOf(valueAt(service.change.before, "network_configuration.security_groups"));
  return changes.find(
    (resource) =>
      /^aws_vpc_security_group_(ingress|egress)_rule$/.test(resource.type) &&
      !["none", "create", "create-first"].includes(kindOf(resource)) &&
      ["security_group_id", "referenced_security_group_id"].some((field) =>
        groups.includes(textOf(valueAt(resource.change.before, field))),
      ) &&
      ports.includes(Number(valueAt(resource.change.before, "from_port"))) &&
      isChanged(resource, "from_port"),
  );
}

/** A new service that takes over routes has no healthy task when the apply does not wait for one. */
function takeoverOutages(service: ResourceChange, { resource_changes: changes }: Changes): Outage[] {
  if (valueAt(service.change.after, "wait_for_steady_state") === true) return [];
  if (listOf(valueAt(service.change.after, "load_balancer")).length === 0) return [];
  const moved = changes.find(
    (resource) =>
      ["aws_lb_listener_rule", "aws_lb_listener"].includes(resource.type) &&
      kindOf(resource) === "update" &&
      (isChanged(resource, "action") || isChanged(resource, "default_action")),
  );
  if (moved === undefined) return [];
  return [
    {
      name: nameOf(service),
      what: "the routes that the new service takes over",
      from: `the update of ${moved.address}, which names the target group of the new service`,
      until: "the tasks of the new service are healthy, which the apply does not wait for",
      minutes: 5,
      reason: "it is new, and does not have wait_for_steady_state",
    },
  ];
}

function portsOf(values: unknown): readonly number[] {
  const targets = isObject(values) ? listOf(values.load_balancer) : [];
  return [...new Set(targets.map((target) => Number(valueAt(target, "container_port"))))].filter(Number.isFinite);
}

/** The service, and the routes to its target groups. */
export function serviceText({ change }: ResourceChange, plan: Changes): string {
  const targets = isObject(change.before) ? listOf(change.before.load_balancer) : [];
  const routes = routesTo(targets.map((target) => textOf(valueAt(target, "target_group_arn"))).filter(Boolean), plan);
  return `the service ${textOf(valueAt(change.before, "name"))}${routes === "" ? "" : `, with ${routes}`}`;
}
