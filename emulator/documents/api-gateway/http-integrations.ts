import { referenceV2 } from "../../rules/api-gateway/reference";
import { object, text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet } from "../values";
import { mappingError } from "./mapping";
import { badRequest, httpCheck } from "./request";

const source = `${referenceV2}/apis-apiid-integrations.html`;
const parameterMapping = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html";

/** Payload of the integrations of HTTP and WebSocket APIs. */
export const httpIntegrations = httpCheck(["CreateIntegration", "UpdateIntegration"], source, [payload]);

/** What a new integration must have. */
export const newHttpIntegrations = httpCheck(["CreateIntegration"], source, [
  connection,
  method,
  awsService,
  destinations,
]);

/** How integrations change requests and responses. */
export const parameterMappings = httpCheck(["CreateIntegration", "UpdateIntegration"], parameterMapping, [
  requests,
  responses,
]);

/** Headers that cannot be mapped. */
const reserved =
  /^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;

function payload({
  PayloadFormatVersion: version,
  IntegrationType,
  IntegrationSubtype,
}: JsonObject): Refusal | undefined {
  if (!isSet(version) || version === "1.0") return undefined;
  if (version !== "2.0") return badRequest(`Unsupported PayloadFormatVersion: ${text(version)}`);
  if (isSet(IntegrationSubtype)) return badRequest(`Operation: ${text(IntegrationSubtype)} is not supported.`);
  return IntegrationType === "HTTP_PROXY"
    ? badRequest("PayloadFormatVersion 2.0 is not supported for integration of type HTTP_PROXY")
    : undefined;
}

function connection({ ConnectionType, ConnectionId }: JsonObject): Refusal | undefined {
  return ConnectionType === "VPC_LINK" && text(ConnectionId) === ""
    ? badRequest("ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK")
    : undefined;
}

function method({ IntegrationType, IntegrationMethod }: JsonObject): Refusal | undefined {
  return IntegrationType === "HTTP_PROXY" && text(IntegrationMethod) === ""
    ? badRequest("HttpMethod parameter method must be specified for integrationType HTTPPROXY")
    : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
function awsService({ IntegrationSubtype, CredentialsArn }: JsonObject): Refusal | undefined {
  return text(IntegrationSubtype) !== "" && text(CredentialsArn) === ""
    ? badRequest(
        `Role ARN must be specified for AWS integration configuration with Subtype: ${text(IntegrationSubtype)}`,
      )
    : undefined;
}

// With a subtype, the parameters are those of the AWS service; WebSocket APIs map as REST APIs do.
function requests({ RequestParameters, IntegrationSubtype }: JsonObject): Refusal | undefined {
  if (text(IntegrationSubtype) !== "") return undefined;
  for (const key of keysOf(RequestParameters).filter((each) => each.includes(":"))) {
    if (!/^((append|overwrite|remove):(header|querystring)\.\S+|overwrite:path)$/.test(key)) {
      return mappingError(`Invalid Request Actioned Parameter destination specified: ${key}`);
    }
    const refusal = wrongHeader(key);
    if (refusal) return refusal;
  }
  return undefined;
}

// An update need not repeat the subtype.
function destinations({ RequestParameters, IntegrationSubtype }: JsonObject): Refusal | undefined {
  if (text(IntegrationSubtype) !== "") return undefined;
  const wrong = keysOf(RequestParameters).find((key) => !/^(integration\.request\.|\w+:)/.test(key));
  return wrong === undefined
    ? undefined
    : mappingError(`Invalid Request Actioned Parameter destination specified: ${wrong}`);
}

function responses({ ResponseParameters }: JsonObject): Refusal | undefined {
  for (const [status, parameters] of Object.entries(object(ResponseParameters))) {
    if (!/^[2-5]\d\d$/.test(status)) return badRequest(`Status Code ${status} is not valid`);
    for (const key of keysOf(parameters)) {
      if (!/^((append|overwrite|remove):header\.\S+|overwrite:statuscode)$/.test(key)) {
        return mappingError(`Invalid Response Actioned Parameter destination specified: ${key}`);
      }
      const refusal = wrongHeader(key);
      if (refusal) return refusal;
    }
  }
  return undefined;
}

// An update removes a mapping by an empty value.
function keysOf(parameters: JsonObject[string]): readonly string[] {
  return Object.entries(object(parameters)).flatMap(([key, value]) => (value === "" ? [] : [key]));
}

function wrongHeader(key: string): Refusal | undefined {
  const [, header] = /^\w+:header\.(.+)$/.exec(key) ?? [];
  return header !== undefined && reserved.test(header)
    ? mappingError(`Operations on header ${header} are restricted`)
    : undefined;
}
