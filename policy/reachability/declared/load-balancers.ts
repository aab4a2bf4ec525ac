import { hostNamed, internet, internetIpv6 } from "../parties";
import type { Listener } from "../model/load-balancers";
import type { Model } from "../model/model";
import { mentionsOf, referenceOf } from "../model/reference";
import { blocksOf, type Resource } from "../model/terraform";
import type { Flow } from "./flow";

/** Callers to listeners, load balancers to what they forward to, and to whom they send callers to sign in. */
export function flowsOfLoadBalancers(model: Model): readonly Flow[] {
  return model.listeners.flatMap((listener) => {
    const actions = actionsOf(model, listener);
    const groups = mentionsOf(actions, ["aws_lb_target_group"]);
    return [
      ...fromCallers(model, listener),
      ...groups.flatMap((group) => toTargets(model, listener.loadBalancer, model.resources.at(group))),
      ...(actions.some((action) => signsIn(action)) ? [toSignIn(listener)] : []),
    ];
  });
}

function actionsOf({ resources }: Model, { name }: Listener): readonly Readonly<Record<string, unknown>>[] {
  const rules = resources.of("aws_lb_listener_rule");
  return [
    ...blocksOf(resources.at(name)?.fields.default_action),
    ...rules
      .filter(({ fields }) => referenceOf(fields.listener_arn)?.address === name)
      .flatMap(({ fields }) => blocksOf(fields.action)),
  ];
}

function fromCallers(model: Model, { loadBalancer, port }: Listener): readonly Flow[] {
  if (hostNamed(model, loadBalancer)?.publicIp !== true) return [];
  const dualStack = String(model.resources.at(loadBalancer)?.fields.ip_address_type).startsWith("dualstack");
  const callers = dualStack ? [internet, internetIpv6] : [internet];
  return callers.map((from) => ({ from, to: loadBalancer, port, because: "requests of callers", required: true }));
}

function toTargets({ resources }: Model, from: string, group: Resource | undefined): readonly Flow[] {
  if (group === undefined) return [];
  const services = resources.of("aws_ecs_service").flatMap(({ address, fields }) =>
    blocksOf(fields.load_balancer)
      .filter((block) => mentionsOf(block, ["aws_lb_target_group"]).includes(group.address))
      .map(({ container_port }) => ({ to: address, port: container_port })),
  );
  const attached = resources
    .of("aws_lb_target_group_attachment")
    .filter(({ fields }) => referenceOf(fields.target_group_arn)?.address === group.address)
    .map(({ fields: { target_id, port = group.fields.port } }) => ({
      to: referenceOf(target_id)?.address ?? "",
      port,
    }));
  return [...services, ...attached].flatMap(({ to, port }) => [
    { from, to, port: Number(port), because: "requests", required: true },
    { from, to, port: healthCheckPort(group, Number(port)), because: "health checks", required: true },
  ]);
}

function healthCheckPort({ fields }: Resource, trafficPort: number): number {
  const [{ port = "traffic-port" } = {}] = blocksOf(fields.health_check);
  return port === "traffic-port" ? trafficPort : Number(port);
}

function signsIn(action: Readonly<Record<string, unknown>>): boolean {
  return action.authenticate_cognito !== undefined || action.authenticate_oidc !== undefined;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function toSignIn({ loadBalancer }: Listener): Flow {
  return { from: loadBalancer, to: internet, port: 443, because: "tokens of who signs in", required: true };
}
