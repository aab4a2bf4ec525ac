import { reference, referenceV2 } from "../../rules/api-gateway/reference";
import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet } from "../values";
import { badRequest, httpCheck, restCheck } from "./request";

const mappings = "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html";

/** Name, certificate and TLS of a REST API's domain name. */
export const restDomainNames = restCheck(["CreateDomainName"], `${reference}/API_CreateDomainName.html`, [
  ({ domainName }) => wrongName(text(domainName), /^[A-Za-z0-9.*-]+$/),
  certificates,
  mutualTls,
  restCertificate,
]);

/** Name and endpoints of an HTTP API's domain name. */
export const httpDomainNames = httpCheck(["CreateDomainName", "UpdateDomainName"], `${referenceV2}/domainnames.html`, [
  ({ DomainName }) => wrongName(text(DomainName), /^[a-z0-9.*-]+$/),
  endpoints,
]);

/** The certificate that a new domain name of an HTTP API must have. */
export const newHttpDomainNames = httpCheck(["CreateDomainName"], `${referenceV2}/domainnames.html`, [httpCertificate]);

/** Paths below a REST API's domain name. */
export const basePaths = restCheck(["CreateBasePathMapping", "UpdateBasePathMapping"], mappings, [
  ({ basePath }) => (basePath === "(none)" ? undefined : wrongPath(basePath)),
]);

/** Paths below an HTTP API's domain name. */
export const mappingKeys = httpCheck(["CreateApiMapping", "UpdateApiMapping"], mappings, [
  ({ ApiMappingKey }) => wrongPath(ApiMappingKey),
  ({ ApiMappingKey }) => wrongSlashes(text(ApiMappingKey)),
]);

function wrongName(name: string, form: RegExp): Refusal | undefined {
  return form.test(name) ? undefined : badRequest(`Invalid domain name specified: ${name}`);
}

// An endpoint has its own parameter for the certificate.
function certificates(input: JsonObject): Refusal | undefined {
  const types = list(object(input.endpointConfiguration).types);
  if (types.includes("REGIONAL") && !types.includes("EDGE") && text(input.certificateArn) !== "") {
    return badRequest("Cannot import certificates for EDGE while REGIONAL is active.");
  }
  return types.includes("EDGE") && !types.includes("REGIONAL") && text(input.regionalCertificateArn) !== ""
    ? badRequest("Cannot import certificates for REGIONAL while EDGE is active.")
    : undefined;
}

function restCertificate(input: JsonObject): Refusal | undefined {
  const names = ["certificateArn", "certificateName", "regionalCertificateArn", "regionalCertificateName"];
  return names.every((name) => text(input[name]) === "") ? badRequest("Certificate name must be specified") : undefined;
}

function httpCertificate({ DomainNameConfigurations: all }: JsonObject): Refusal | undefined {
  return objects(all).length === 0 || objects(all).some(({ CertificateArn }) => text(CertificateArn) === "")
    ? badRequest("Certificate ARN must be specified")
    : undefined;
}

function mutualTls({ mutualTlsAuthentication, securityPolicy }: JsonObject): Refusal | undefined {
  return isSet(object(mutualTlsAuthentication).truststoreUri) && securityPolicy === "TLS_1_0"
    ? badRequest("Mutual TLS authentication is only supported with TLS 1.2.")
    : undefined;
}

function endpoints({ DomainNameConfigurations }: JsonObject): Refusal | undefined {
  return objects(DomainNameConfigurations).some(({ EndpointType }) => EndpointType === "EDGE")
    ? badRequest("EDGE endpoint type is not supported for APIGatewayV2 domainName")
    : undefined;
}

function wrongPath(path: JsonValue): Refusal | undefined {
  if (text(path).length > 300) return badRequest("API mapping key cannot be longer than 300 characters");
  return /^[\w$\-.+!*'()/]*$/.test(text(path))
    ? undefined
    : badRequest("API mapping key must contain only letters, numbers, and the characters $-_.+!*'()/");
}

// The emulated AWS refuses these in a new mapping itself.
function wrongSlashes(key: string): Refusal | undefined {
  if (key.startsWith("/") || key.includes("//")) {
    return badRequest("API mapping key should not start with a '/' or have consecutive '/'s.");
  }
  return key.endsWith("/") ? badRequest("API mapping key should not end with a '/'.") : undefined;
}
