import type { Scope } from "../../models/aws";
import type { Layer } from "../../proxy/layer";
import { list, object, objects, scalarText, text, type JsonObject } from "../../wire/json";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, type Element } from "../../wire/xml";
import { addressInSubnet } from "../address";
import type { DataPlaneContext } from "../context";
import type { ServiceContainer } from "../task/container";
import { endOf } from "../load-balancer/target-group";
import { containersOfTargetGroup } from "../task/services";
import { checkHealth, timedOut, type Health } from "./check";

const service = "elasticloadbalancing";

/**
 * Adds the tasks of ECS services, whose images have a command, to the targets that DescribeTargetHealth returns. Each is
 * checked by a request to its process.
 */
export function targetHealth(context: DataPlaneContext): Layer {
  return async (request, next) => {
    const reply = await next(request);
    const { api, account, region } = request;
    if (request.service !== service || api?.operation !== "DescribeTargetHealth" || !isSuccess(reply)) return reply;
    const targets = await taskTargets(context, { account, region }, text(api.input.TargetGroupArn));
    const asked = objects(api.input.Targets).map(({ Id }) => text(Id));
    const added = targets.filter(({ id }) => asked.length === 0 || asked.includes(id));
    if (added.length === 0) return reply;
    return editXml(reply, (root) => {
      const described = find(root, "DescribeTargetHealthResult", "TargetHealthDescriptions");
      // A target that the caller asked for and moto does not know is described as not registered.
      const others = (described?.children ?? []).filter((member) => !added.some(({ id }) => idOf(member) === id));
      described?.children.splice(0, described.children.length, ...others, ...added.map(toElement));
    });
  };
}

interface TaskTarget {
  readonly id: string;
  readonly port: number;
  readonly health: Health;
}

const draining: Health = {
  State: "draining",
  Reason: "Target.DeregistrationInProgress",
  Description: "Target deregistration is in progress",
};

async function taskTargets(context: DataPlaneContext, scope: Scope, arn: string): Promise<readonly TaskTarget[]> {
  const { reader, tasks } = context;
  const containers = (await containersOfTargetGroup(context, scope, arn)).filter((container) => tasks.runs(container));
  if (containers.length === 0) return [];
  const { TargetGroups } = await reader.ask(scope, service, "DescribeTargetGroups", { TargetGroupArns: [arn] });
  const group = object(objects(TargetGroups)[0]);
  const found: TaskTarget[] = [];
  for (const container of containers) {
    for (const { address, isDraining } of container.tasks) {
      const health = isDraining ? draining : await healthOf(context, scope, group, container);
      const id = address || (await addressInSubnet(reader, scope, "", 6 + found.length));
      found.push({ id, port: container.port, health });
    }
  }
  return found;
}

async function healthOf(
  { tasks, hopAllowed }: DataPlaneContext,
  scope: Scope,
  group: JsonObject,
  container: ServiceContainer,
): Promise<Health> {
  const [balancer] = list(group.LoadBalancerArns);
  if (balancer === undefined) {
    return {
      State: "unused",
      Reason: "Target.NotInUse",
      Description: "Target group is not configured to receive traffic from the load balancer",
    };
  }
  const from = { kind: "load-balancer", arn: text(balancer) } as const;
  const port = Number(scalarText(group.HealthCheckPort)) || container.port;
  // A security group drops the packets of a check, as of every request.
  if ((await hopAllowed({ scope, from, to: endOf(container), port })) !== undefined) return timedOut;
  const endpoint = await tasks.endpointOf(container);
  if ("port" in endpoint) return checkHealth(group, endpoint.port);
  return { State: "unhealthy", Reason: "Target.FailedHealthChecks", Description: "Health checks failed" };
}

function toElement({ id, port, health }: TaskTarget): Element {
  const fields = [health.State, health.Reason, health.Description].flatMap((value, index) =>
    value === undefined ? [] : [element(["State", "Reason", "Description"][index] ?? "", value)],
  );
  return element("member", [
    element("Target", [element("Id", id), element("Port", String(port))]),
    element("HealthCheckPort", String(port)),
    element("TargetHealth", fields),
  ]);
}

function idOf(member: Element): string | undefined {
  return find(member, "Target", "Id")?.text;
}
