import type { AwsRequest } from "../proxy/call";

/** The calls by which routes may begin or cease to be served, by API model. All others of the model are not concerned. */
const concerned: Readonly<Record<string, RegExp>> = {
  elbv2: /LoadBalancer|Listener|Rule|TargetGroup|Targets|SecurityGroups|Subnets/,
  ecs: /Service|Cluster|Task(s|Set)?$/,
  // What methods and integrations are changed to is served after the next deployment.
  apigateway: /Deployment|Stage|DomainName|BasePathMapping|VpcLink|RestApi$/,
  apigatewayv2: /Api(Mapping)?$|Route$|Integration$|Stage$|DomainName|VpcLink/,
  servicediscovery: /Instance$|Service$/,
  route53: /ResourceRecordSets|HostedZone/,
  ec2: /SecurityGroup|Route|InternetGateway|NatGateway|NetworkAcl|VpcPeering/,
};

/** Whether a call that succeeded may change which routes are served. */
export function changesRoutes({ api }: Pick<AwsRequest, "api">): boolean {
  return api !== undefined && (concerned[api.model.name]?.test(api.operation) ?? false);
}

/** The services whose state a call may change, by the names with which they are read: signing names and API models. */
export function servicesOf({ service, api }: Pick<AwsRequest, "service" | "api">): readonly string[] {
  const models = api ? [api.model.name] : [];
  // Both models of API Gateway read what either of them changes.
  const both = service === "apigateway" ? ["apigateway", "apigatewayv2"] : [];
  return [...new Set([service, ...models, ...both])];
}
