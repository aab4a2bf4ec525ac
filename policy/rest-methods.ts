import type { Block, SynthesizedStack } from "./terraform/stack";
import { isAttributes, Values } from "./terraform/values";

/** A method of a REST API that is one OpenAPI document. */
export interface RestMethod {
  readonly api: Block;
  /** Such as `GET /orders/{id}`. */
  readonly name: string;
  readonly verb: string;
  readonly path: string;
  /** Whether only callers with a token of an authorizer, or with a signature, are answered. */
  readonly hasAuthorization: boolean;
  /** The extension `x-amazon-apigateway-integration`. */
  readonly integration: Values;
}

const anyMethod = "x-amazon-apigateway-any-method";
const verbs = ["get", "head", "post", "put", "patch", "delete", "options"];

/** The method of an operation in a path item, such as `GET` or `ANY`; undefined when the key is not one of an operation. */
export function verbOf(key: string): string | undefined {
  if (key === anyMethod) return "ANY";
  return verbs.includes(key) ? key.toUpperCase() : undefined;
}

/** The methods in the documents of all REST APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export function restMethods(stack: SynthesizedStack): readonly RestMethod[] {
  return stack.all("aws_api_gateway_rest_api").flatMap((api) =>
    entriesOf(api.get("body.paths")).flatMap(([path, item]) =>
      entriesOf(item).flatMap(([key, operation]) => {
        const verb = verbOf(key);
        return verb === undefined ? [] : methodOf(api, path, verb, valuesOf(operation));
      }),
    ),
  );
}

function methodOf(api: Block, path: string, verb: string, operation: Values): RestMethod {
  const schemes = Object.fromEntries(entriesOf(api.get("body.components.securitySchemes")));
  const security = operation.get("security") === undefined ? api.blocks("body.security") : operation.blocks("security");
  const required = security.flatMap(({ keys }) => keys).map((name) => valuesOf(schemes[name]));
  return {
    api,
    name: `${verb} ${path}`,
    verb,
    path,
    hasAuthorization: required.some(
      (scheme) =>
        scheme.has("x-amazon-apigateway-authorizer") || scheme.get("x-amazon-apigateway-authtype") === "awsSigv4",
    ),
    integration: valuesOf(operation.get("x-amazon-apigateway-integration")),
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return isAttributes(value) ? Object.entries(value) : [];
}

function valuesOf(value: unknown): Values {
  return new Values(isAttributes(value) ? value : {});
}
