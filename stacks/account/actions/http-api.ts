import type { Place } from "../place";
import type { ActionTable } from "./table";

const at =
  (...paths: readonly string[]) =>
  ({ partition, region }: Place) =>
    paths.map((path) => `arn:${partition}:apigateway:${region}::${path}`);

const verbs = {
  create: ["apigateway:POST"],
  read: ["apigateway:GET"],
  update: ["apigateway:PATCH"],
  delete: ["apigateway:DELETE"],
};
const tagged = { ...verbs, update: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"] };
const part = { ...verbs, on: at("/apis/*") };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
export const httpApi: ActionTable = {
  aws_apigatewayv2_api: { ...tagged, on: at("/apis", "/apis/*", "/tags/*") },
  aws_apigatewayv2_authorizer: part,
  aws_apigatewayv2_integration: part,
  aws_apigatewayv2_route: part,
  aws_apigatewayv2_stage: { ...tagged, on: at("/apis/*", "/tags/*") },
  aws_apigatewayv2_vpc_link: {
    ...tagged,
    on: at("/vpclinks", "/vpclinks/*", "/tags/*"),
    linkedRole: "ops.apigateway.amazonaws.com",
  },
  aws_apigatewayv2_domain_name: {
    ...tagged,
    on: at("/domainnames", "/domainnames/*", "/tags/*"),
    linkedRole: "ops.apigateway.amazonaws.com",
  },
  aws_apigatewayv2_api_mapping: { ...verbs, on: at("/domainnames/*") },
};
