import { hostNamed, internet, internetIpv6, unknown, type UnknownResource } from "network-paths";
import { restMethods } from "../rest-methods";
import type { Block } from "../terraform/stack";
import { referenceOf, referencesIn, type Values } from "../terraform/values";
import type { Model } from "./model";
import type { Listener } from "./network";
import type { Connection } from "./workload-connections";

const linkTypes = ["aws_api_gateway_vpc_link", "aws_apigatewayv2_vpc_link"];
const integrationTypes = ["aws_api_gateway_integration", "aws_apigatewayv2_integration"];

/** An integration of an API through a VPC link. */
interface PrivateIntegration {
  /** Address of the integration, or of the API whose document has it. */
  readonly address: string;
  readonly link: unknown;
  /** Load balancer, beside a VPC link V2 of a REST API. */
  readonly target: unknown;
  readonly uri: unknown;
}

/** Connections from VPC links to the listeners of the load balancers that API integrations refer to. */
export function connectionsOfVpcLinks(model: Model): readonly Connection[] {
  return [
    ...privateIntegrations(model).flatMap((integration) => connectionOf(model, integration) ?? []),
    // PrivateLink connects to every listener of its load balancer, also to one that no route of the API uses.
    ...model.privateLinks.flatMap(({ name: from, loadBalancers }) =>
      model.listeners
        .filter(({ loadBalancer }) => loadBalancers.includes(loadBalancer))
        .map(({ loadBalancer: to, port }) => ({
          from,
          to,
          port,
          reason: "listener behind PrivateLink",
          required: false,
        })),
    ),
  ];
}

/** A finding for each integration, or document, with a VPC link whose load balancer or port is not known. */
export function unknownIntegrations(model: Model): readonly UnknownResource[] {
  const addresses = privateIntegrations(model)
    .filter((each) => connectionOf(model, each) === undefined)
    .map(({ address }) => address);
  return [...new Set(addresses)].map((address) =>
    unknown(address, "has a VPC link to an unknown load balancer or port; refer to a listener of this stack"),
  );
}

function privateIntegrations({ stack }: Model): readonly PrivateIntegration[] {
  const ofResources = stack.all(...integrationTypes).map((each) => ({
    address: each.address,
    type: each.get("connection_type"),
    link: each.get("connection_id"),
    target: each.get("integration_target"),
    uri: each.get("integration_uri") ?? each.get("uri"),
  }));
  const ofDocuments = restMethods(stack).map(({ api, integration }) => ({
    address: api.address,
    type: integration.get("connectionType"),
    link: integration.get("connectionId"),
    target: integration.get("integrationTarget"),
    uri: integration.get("uri"),
  }));
  return [...ofResources, ...ofDocuments].filter(({ type }) => type === "VPC_LINK");
}

function connectionOf(model: Model, integration: PrivateIntegration): Connection | undefined {
  const from = referenceOf(integration.link)?.address ?? "";
  const target = integrationTarget(model, integration);
  if (!linkTypes.includes(model.stack.at(from)?.type ?? "") || target === undefined) return undefined;
  return { from, ...target, reason: "API requests", required: true };
}

function integrationTarget(
  model: Model,
  { target, uri }: PrivateIntegration,
): Pick<Connection, "to" | "port"> | undefined {
  const listener = model.listeners.find(({ name }) => name === referenceOf(uri)?.address);
  if (listener !== undefined) return { to: listener.loadBalancer, port: listener.port };
  const [loadBalancer] = [target, uri].flatMap((value) => referencesIn(value, "aws_lb"));
  const [, scheme, port] = /^(https?):\/\/(?:\$\{[^}]*\}|[^/:]*)(?::(\d+))?/.exec(String(uri)) ?? [];
  if (loadBalancer === undefined || scheme === undefined) return undefined;
  return { to: loadBalancer, port: Number(port ?? (scheme === "https" ? 443 : 80)) };
}

/** Connections from clients to listeners, from load balancers to their targets, and to the identity providers of listeners. */
export function connectionsOfLoadBalancers(model: Model): readonly Connection[] {
  return model.listeners.flatMap((listener) => {
    const actions = actionsOf(model, listener);
    const groups = referencesIn(
      actions.map(({ attributes }) => attributes),
      "aws_lb_target_group",
    );
    return [
      ...fromClients(model, listener),
      ...groups.flatMap((group) => toTargets(model, listener.loadBalancer, model.stack.at(group))),
      ...(actions.some((action) => authenticates(action)) ? [toIdentityProvider(listener)] : []),
    ];
  });
}

function actionsOf({ stack }: Model, { name }: Listener): readonly Values[] {
  return [
    ...(stack.at(name)?.blocks("default_action") ?? []),
    ...stack
      .all("aws_lb_listener_rule")
      .filter((rule) => rule.reference("listener_arn")?.address === name)
      .flatMap((rule) => rule.blocks("action")),
  ];
}

function fromClients(model: Model, { loadBalancer, port }: Listener): readonly Connection[] {
  const host = hostNamed(model, loadBalancer);
  if (host?.publicIp !== true) return [];
  const clients = host.ipv6 === true ? [internet, internetIpv6] : [internet];
  return clients.map((from) => ({ from, to: loadBalancer, port, reason: "client requests", required: true }));
}

function toTargets({ stack }: Model, from: string, group: Block | undefined): readonly Connection[] {
  if (group === undefined) return [];
  const services = stack.all("aws_ecs_service").flatMap((service) =>
    service
      .blocks("load_balancer")
      .filter(({ attributes }) => referencesIn(attributes, "aws_lb_target_group").includes(group.address))
      .map((block) => ({ to: service.address, port: block.get("container_port") })),
  );
  const attached = stack
    .all("aws_lb_target_group_attachment")
    .filter((attachment) => attachment.reference("target_group_arn")?.address === group.address)
    .map((attachment) => ({
      to: attachment.reference("target_id")?.address ?? "",
      port: attachment.get("port") ?? group.get("port"),
    }));
  return [...services, ...attached].flatMap(({ to, port }) => [
    { from, to, port: Number(port), reason: "requests", required: true },
    { from, to, port: healthCheckPort(group, Number(port)), reason: "health checks", required: true },
  ]);
}

function healthCheckPort(group: Block, trafficPort: number): number {
  const port = group.blocks("health_check")[0]?.get("port") ?? "traffic-port";
  return port === "traffic-port" ? trafficPort : Number(port);
}

function authenticates(action: Values): boolean {
  return ["authenticate_cognito", "authenticate_oidc"].some((path) => action.get(path) !== undefined);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function toIdentityProvider({ loadBalancer }: Listener): Connection {
  return { from: loadBalancer, to: internet, port: 443, reason: "token requests", required: true };
}
