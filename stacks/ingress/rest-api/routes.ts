import type { WebConfig } from "../../../schema";
import type { Route, RoutePattern } from "../../../schema/route";
import { hashOf } from "../../naming";
import type { RestApiConfig } from "../kind";
import type { RestSecurity } from "./authorizer";
import { parameter, type Operation, type PathMethod, type RestDocument } from "./document";
import { corsPreflight } from "./responses";

/** How the API reaches the services. */
export interface RestBackend {
  readonly vpcLinkId: string;
  /** The ALB behind a VPC link V2. @default - the NLB of the VPC link */
  readonly integrationTarget?: string;
  /** `http://host:port` of a service, without a path. */
  readonly urlOf: (service: string) => string;
}

export interface RestRoutesProps {
  readonly services: readonly (readonly [name: string, service: WebConfig])[];
  readonly ingress: RestApiConfig;
  readonly backend: RestBackend;
  readonly security: RestSecurity;
}

/** Adds the routes of the services to the document of a REST API, and the responses to preflight requests. */
export function addRoutes(document: RestDocument, props: RestRoutesProps): void {
  const { services, ingress, backend, security } = props;
  for (const [name, service] of services) {
    for (const route of service.routes) {
      const operation = { ...security.of(route), ...validation(document, route) };
      for (const path of resourcePaths(route)) {
        const integration = integrationOf(backend, { ...path, method: route.method }, name, ingress);
        document.addPath(pathText(path), {
          [methodKey(route.method)]: {
            ...operation,
            parameters: [...parametersOf(path).map((each) => parameter("path", each)), ...operation.parameters],
            responses: {},
            "x-amazon-apigateway-integration": integration,
          },
        });
      }
    }
  }
  const { cors } = ingress;
  if (cors === undefined) return;
  for (const path of document.allPaths) document.addPath(path, { options: corsPreflight(cors) });
}

type ResourcePath = Pick<RoutePattern, "segments" | "greedy">;

/** Path of a document, such as `/orders/{id}`. */
export function pathText({ segments, greedy }: ResourcePath): string {
  return `/${[...segments, ...(greedy ? ["{proxy+}"] : [])].join("/")}`;
}

/** API Gateway's `{proxy+}` matches one segment or more, so a greedy route has two paths. */
function resourcePaths({ segments, greedy }: ResourcePath): ResourcePath[] {
  const exact = { segments, greedy: false };
  return greedy ? [exact, { segments, greedy: true }] : [exact];
}

function methodKey(method: RoutePattern["method"]): PathMethod {
  const keys = {
    ANY: "x-amazon-apigateway-any-method",
    GET: "get",
    HEAD: "head",
    POST: "post",
    PUT: "put",
    PATCH: "patch",
    DELETE: "delete",
    OPTIONS: "options",
  } as const;
  return keys[method];
}

/** The integration of a route, which forwards the request unchanged. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html */
function integrationOf(
  backend: RestBackend,
  route: RoutePattern,
  service: string,
  { timeoutMilliseconds }: RestApiConfig,
): Operation["x-amazon-apigateway-integration"] {
  return {
    type: "http_proxy",
    httpMethod: route.method,
    connectionType: "VPC_LINK",
    connectionId: backend.vpcLinkId,
    integrationTarget: backend.integrationTarget,
    uri: `${backend.urlOf(service)}/${[...route.segments, ...(route.greedy ? ["{proxy}"] : [])].join("/")}`,
    requestParameters: Object.fromEntries(
      parametersOf(route).map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
    ),
    passthroughBehavior: "when_no_match",
    timeoutInMillis: timeoutMilliseconds,
  };
}

function parametersOf({ segments, greedy }: ResourcePath): string[] {
  const named = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? []);
  return greedy ? [...named, "proxy"] : named;
}

/** What API Gateway validates before it forwards a request. */
function validation(
  document: RestDocument,
  { required }: Route,
): Pick<Operation, "requestBody" | "x-amazon-apigateway-request-validator"> & Required<Pick<Operation, "parameters">> {
  if (required === undefined) return { parameters: [] };
  const { query, headers, body } = required;
  return {
    parameters: [...query.map((name) => parameter("query", name)), ...headers.map((name) => parameter("header", name))],
    "x-amazon-apigateway-request-validator": document.addValidator("parameters-and-body", true, true),
    ...(body !== undefined && { requestBody: jsonBody(document, body) }),
  };
}

/** Equal schemas are one model, named after its content. */
function jsonBody(document: RestDocument, body: object): object {
  const schema = document.addSchema(`body${hashOf(JSON.stringify(body))}`, body);
  return { required: true, content: { "application/json": { schema } } };
}
