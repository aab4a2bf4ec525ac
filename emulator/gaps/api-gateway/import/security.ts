import { list, object, objects, text, type JsonObject } from "../../../wire/json";

/** Who may call a method. */
export interface Security {
  readonly authorizationType: string;
  /** Name of the authorizer. @default - none */
  readonly authorizer?: string;
  readonly scopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** Name of a scheme that the document does not define. @default - it defines all */
  readonly unknown?: string;
}

const extension = "x-amazon-apigateway-authorizer";

/** The inputs of CreateAuthorizer. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
export function authorizersOf(document: JsonObject): readonly JsonObject[] {
  return Object.entries(schemesOf(document)).flatMap(([name, scheme]) => {
    const { [extension]: authorizer, name: header, in: location } = object(scheme);
    if (authorizer == null) return [];
    const { type, identitySource, ...rest } = object(authorizer);
    const ofScheme = location === "header" ? `method.request.header.${text(header)}` : undefined;
    const source = identitySource ?? (type === "request" ? undefined : ofScheme);
    return [{ ...rest, name, type: text(type).toUpperCase(), ...(source !== undefined && { identitySource: source }) }];
  });
}

/** What the security requirements of an operation, or of the document, mean for a method. */
export function securityOf(document: JsonObject, operation: JsonObject): Security {
  const schemes = schemesOf(document);
  const required = objects(operation.security ?? document.security).flatMap((each) => Object.entries(each));
  const [unknown] = required.find(([name]) => schemes[name] == null) ?? [];
  const authorizer = required.find(([name]) => object(schemes[name])[extension] != null);
  const isSigned = required.some(([name]) => object(schemes[name])["x-amazon-apigateway-authtype"] === "awsSigv4");
  const own = text(object(operation["x-amazon-apigateway-auth"]).type).toUpperCase();
  const type = text(object(object(schemes[authorizer?.[0] ?? ""])[extension]).type).toUpperCase();
  const ofScheme = type === "COGNITO_USER_POOLS" ? type : authorizer ? "CUSTOM" : isSigned ? "AWS_IAM" : "NONE";
  return {
    authorizationType: own === "" ? ofScheme : own,
    ...(authorizer && own === "" && { authorizer: authorizer[0] }),
    scopes: list(authorizer?.[1]).map(text),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-usage-plan-oas.html
    apiKeyRequired: required.some(([name]) => text(object(schemes[name]).name).toLowerCase() === "x-api-key"),
    ...(unknown !== undefined && { unknown }),
  };
}

function schemesOf(document: JsonObject): JsonObject {
  return object(object(document.components).securitySchemes);
}
