import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { RoutingContext } from "../context";
import type { HopEnd } from "../hop";
import type { ServiceContainer } from "../task/container";
import { containersOfTargetGroup, receivesRequests } from "../task/services";

/** A target of a target group. */
export type Target =
  | { readonly kind: "container"; readonly container: ServiceContainer }
  | { readonly kind: "load-balancer"; readonly arn: string; readonly port: number }
  | { readonly kind: "address"; readonly id: string; readonly port: number; readonly health: string };

/** What a target group forwards to: the containers of ECS services, and what is registered otherwise. */
export async function targetsOf(context: RoutingContext, scope: Scope, group: JsonObject): Promise<readonly Target[]> {
  const TargetGroupArn = text(group.TargetGroupArn);
  const containers = (await containersOfTargetGroup(context, scope, TargetGroupArn)).filter(receivesRequests);
  const health = await context.reader.ask(scope, "elasticloadbalancing", "DescribeTargetHealth", { TargetGroupArn });
  const registered = objects(health.TargetHealthDescriptions).map(({ Target: target, TargetHealth }): Target => {
    const { Id, Port } = object(target);
    const port = Number(Port ?? group.Port);
    return group.TargetType === "alb"
      ? { kind: "load-balancer", arn: text(Id), port }
      : { kind: "address", id: text(Id), port, health: text(object(TargetHealth).State) };
  });
  return [...containers.map((container): Target => ({ kind: "container", container })), ...registered];
}

/** The end of a hop that a container is. */
export function endOf({ serviceArn }: ServiceContainer): HopEnd {
  return { kind: "ecs-service", arn: serviceArn };
}
