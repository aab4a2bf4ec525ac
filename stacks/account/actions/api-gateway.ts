import type { ArnScope } from "../../arn";
import type { ActionTable, TypeActions } from "./table";

/** API Gateway's actions are the verbs of its API, and its ARNs are the paths. */
const at =
  (...paths: readonly string[]) =>
  ({ partition, region }: ArnScope) =>
    paths.map((path) => `arn:${partition}:apigateway:${region}::${path}`);

const verbs = {
  create: ["apigateway:POST"],
  read: ["apigateway:GET"],
  update: ["apigateway:PATCH"],
  delete: ["apigateway:DELETE"],
};

/** A part of a REST API. */
const part: TypeActions = { ...verbs, on: at("/restapis/*") };

const tagged = {
  ...verbs,
  create: [...verbs.create, "apigateway:PUT"],
  update: [...verbs.update, "apigateway:DELETE", "apigateway:PUT"],
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
export const apiGateway: ActionTable = {
  aws_api_gateway_rest_api: {
    ...tagged,
    // Its document is put, and its settings are patched afterwards.
    create: [...tagged.create, "apigateway:PATCH"],
    on: at("/restapis", "/restapis/*", "/tags/*"),
    passesRolesTo: ["apigateway.amazonaws.com"],
  },
  aws_api_gateway_deployment: part,
  aws_api_gateway_method_settings: { ...part, create: verbs.update, delete: verbs.update },
  aws_api_gateway_stage: { ...tagged, on: at("/restapis/*", "/tags/*") },
  aws_api_gateway_api_key: { ...tagged, on: at("/apikeys", "/apikeys/*", "/tags/*") },
  aws_api_gateway_usage_plan: { ...tagged, on: at("/usageplans", "/usageplans/*", "/tags/*") },
  aws_api_gateway_usage_plan_key: { ...verbs, on: at("/usageplans/*") },
  aws_api_gateway_vpc_link: {
    ...tagged,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/grant-permissions-to-create-vpclink.html
    create: [
      ...tagged.create,
      "ec2:CreateVpcEndpointServiceConfiguration",
      "ec2:DescribeVpcEndpointServiceConfigurations",
      "ec2:ModifyVpcEndpointServicePermissions",
      "elasticloadbalancing:DescribeLoadBalancers",
    ],
    delete: [...verbs.delete, "ec2:DeleteVpcEndpointServiceConfigurations"],
    on: (scope) => [
      ...at("/vpclinks", "/vpclinks/*", "/tags/*")(scope),
      `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:vpc-endpoint-service/*`,
    ],
  },
};

/** A part of an HTTP API. Its tags are written with other verbs than those of a REST API. */
const httpPart: TypeActions = { ...verbs, on: at("/apis/*") };
const httpTagged = { ...verbs, update: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"] };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html */
const deliverLogs = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
export const httpApi: ActionTable = {
  aws_apigatewayv2_api: { ...httpTagged, on: at("/apis", "/apis/*", "/tags/*") },
  aws_apigatewayv2_authorizer: httpPart,
  aws_apigatewayv2_integration: httpPart,
  aws_apigatewayv2_route: httpPart,
  aws_apigatewayv2_stage: {
    ...httpTagged,
    create: [...httpTagged.create, ...deliverLogs],
    update: [...httpTagged.update, ...deliverLogs],
    delete: [...httpTagged.delete, "logs:DeleteLogDelivery"],
    on: at("/apis/*", "/tags/*"),
  },
  aws_apigatewayv2_vpc_link: {
    ...httpTagged,
    on: at("/vpclinks", "/vpclinks/*", "/tags/*"),
    serviceLinkedRole: "ops.apigateway.amazonaws.com",
  },
  aws_apigatewayv2_domain_name: {
    ...httpTagged,
    on: at("/domainnames", "/domainnames/*", "/tags/*"),
    serviceLinkedRole: "ops.apigateway.amazonaws.com",
  },
  aws_apigatewayv2_api_mapping: { ...verbs, on: at("/domainnames/*") },
};
