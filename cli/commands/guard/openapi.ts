import { verbOf } from "../../../policy/rest-methods";
import { isObject, listOf, parsedJson, textOf, valueAt } from "./fields";

/** A method of an OpenAPI document, and whether a caller must be authenticated for it. */
export interface Operation {
  /** Such as `GET /orders/{id}`. */
  readonly route: string;
  readonly isProtected: boolean;
  readonly requiresApiKey: boolean;
}

/**
 * The methods of the `body` of a REST API; undefined when it is not a JSON document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function operationsOf(body: unknown): readonly Operation[] | undefined {
  const document = parsedJson(body);
  if (!isObject(document)) return undefined;
  const paths = isObject(document.paths) ? document.paths : {};
  const schemes = valueAt(document, "components.securitySchemes") ?? document.securityDefinitions;
  return Object.entries(paths).flatMap(([path, item]) =>
    isObject(item)
      ? Object.entries(item).flatMap(([key, operation]) => {
          const verb = verbOf(key);
          return verb === undefined ? [] : operationOf(`${verb} ${path}`, operation, { document, schemes });
        })
      : [],
  );
}

interface Context {
  readonly document: Readonly<Record<string, unknown>>;
  readonly schemes: unknown;
}

function operationOf(route: string, operation: unknown, { document, schemes }: Context): Operation {
  const own = isObject(operation) && "security" in operation ? operation.security : document.security;
  const names = listOf(own).flatMap((requirement) => (isObject(requirement) ? Object.keys(requirement) : []));
  const isKey = (name: string) => {
    const scheme = isObject(schemes) ? schemes[name] : undefined;
    return isObject(scheme) && scheme.type === "apiKey" && !("x-amazon-apigateway-authtype" in scheme);
  };
  return {
    route,
    isProtected: names.some((name) => !isKey(name)) || isIam(operation),
    requiresApiKey: names.some(isKey),
  };
}

function isIam(operation: unknown): boolean {
  return (textOf(valueAt(operation, "x-amazon-apigateway-auth.type")) || "NONE").toUpperCase() !== "NONE";
}
