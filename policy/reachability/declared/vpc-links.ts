import { unknown, type Finding } from "../finding";
import type { Model } from "../model/model";
import { mentionsOf, referenceOf } from "../model/reference";
import type { Resource } from "../model/terraform";
import type { Flow } from "./flow";

const linkTypes = ["aws_api_gateway_vpc_link", "aws_apigatewayv2_vpc_link"];
const integrationTypes = ["aws_api_gateway_integration", "aws_apigatewayv2_integration"];

/** VPC links to the listeners of the load balancers that an API's integrations name. */
export function flowsOfVpcLinks(model: Model): readonly Flow[] {
  const integrations = model.resources.of(...integrationTypes);
  return [
    ...integrations.flatMap((integration) => flowOf(model, integration) ?? []),
    // PrivateLink leads to every listener of its load balancer, also to one that no route of the API needs.
    ...model.privateLinks.flatMap(({ name: from, loadBalancers }) =>
      model.listeners
        .filter(({ loadBalancer }) => loadBalancers.includes(loadBalancer))
        .map(({ loadBalancer: to, port }) => ({ from, to, port, because: "may ask it", required: false })),
    ),
  ];
}

/** A finding for each integration by a VPC link whose load balancer or port cannot be told. */
export function unknownIntegrations(model: Model): readonly Finding[] {
  return model.resources
    .of(...integrationTypes)
    .filter(
      (integration) => integration.fields.connection_type === "VPC_LINK" && flowOf(model, integration) === undefined,
    )
    .map(({ address }) =>
      unknown(address, "leads by a VPC link to no load balancer and port of this stack; name both"),
    );
}

function flowOf(model: Model, { fields }: Resource): Flow | undefined {
  const from = referenceOf(fields.connection_id)?.address ?? "";
  const target = targetOf(model, fields);
  if (!linkTypes.includes(model.resources.at(from)?.type ?? "") || target === undefined) return undefined;
  return { from, ...target, because: "requests to the API", required: true };
}

function targetOf(model: Model, fields: Resource["fields"]): Pick<Flow, "to" | "port"> | undefined {
  const { integration_uri, uri, integration_target } = fields;
  const listener = model.listeners.find(({ name }) => name === referenceOf(integration_uri)?.address);
  if (listener !== undefined) return { to: listener.loadBalancer, port: listener.port };
  const [loadBalancer] = mentionsOf([integration_target, uri], ["aws_lb"]);
  const [, scheme, port] = /^(https?):\/\/(?:\$\{[^}]*\}|[^/:]*)(?::(\d+))?/.exec(String(uri)) ?? [];
  if (loadBalancer === undefined || scheme === undefined) return undefined;
  return { to: loadBalancer, port: Number(port ?? (scheme === "https" ? 443 : 80)) };
}
