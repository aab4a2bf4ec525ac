import { object, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { targetGroupAttributes, unknownAttribute, wrongAttribute } from "./attributes";
import { validationError } from "./load-balancers";

/** Protocols of a target group and of its health check, by the type of its targets. */
export const targetGroups: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateTargetGroup"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
  check: (input) => firstRefusal([loadBalancerTargets, protocolVersion, healthCheckProtocol, healthCheck], input),
};

/** Values of a target group's attributes. */
export const targetGroupValues: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["ModifyTargetGroupAttributes"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
  check: ({ Attributes }) =>
    unknownAttribute(Attributes, targetGroupAttributes) ?? wrongAttribute(Attributes, targetGroupAttributes),
};

const http = ["HTTP", "HTTPS"];

// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
function loadBalancerTargets({ TargetType, Protocol, HealthCheckProtocol }: JsonObject): Refusal | undefined {
  if (TargetType !== "alb") return undefined;
  if (isSet(Protocol) && Protocol !== "TCP") {
    return validationError(`Protocol '${text(Protocol)}' is not supported with the target type 'alb'`);
  }
  return isSet(HealthCheckProtocol) && !http.includes(text(HealthCheckProtocol))
    ? validationError(
        `Health check protocol '${text(HealthCheckProtocol)}' is not supported for target groups with the target type 'alb'`,
      )
    : undefined;
}

function protocolVersion({ Protocol, ProtocolVersion }: JsonObject): Refusal | undefined {
  return isSet(ProtocolVersion) && isSet(Protocol) && !http.includes(text(Protocol))
    ? validationError(`Protocol version is not supported for target groups with protocol '${text(Protocol)}'`)
    : undefined;
}

/** The refusal of a health check with TCP of targets with HTTP. */
export function healthCheckProtocol({ Protocol, HealthCheckProtocol }: JsonObject): Refusal | undefined {
  return http.includes(text(Protocol)) && isSet(HealthCheckProtocol) && !http.includes(text(HealthCheckProtocol))
    ? validationError(
        `Health check protocol '${text(HealthCheckProtocol)}' is not supported for target groups with protocol '${text(Protocol)}'`,
      )
    : undefined;
}

function healthCheck({
  ProtocolVersion,
  HealthCheckProtocol,
  HealthCheckPath,
  Matcher,
}: JsonObject): Refusal | undefined {
  if (HealthCheckProtocol === "TCP" && hasCodes(Matcher)) {
    return validationError("Health check matcher is not supported for health checks with protocol 'TCP'");
  }
  if (HealthCheckProtocol === "TCP" && text(HealthCheckPath) !== "") {
    return validationError("Health check path is not supported for health checks with protocol 'TCP'");
  }
  const { HttpCode, GrpcCode } = object(Matcher);
  if (text(HttpCode) !== "" && text(GrpcCode) !== "") {
    return validationError("You must specify either an HTTP code or a gRPC code, but not both");
  }
  return text(GrpcCode) !== "" && ProtocolVersion !== "GRPC"
    ? validationError("A gRPC code is only supported for target groups with protocol version 'GRPC'")
    : undefined;
}

function hasCodes(matcher: JsonValue): boolean {
  const { HttpCode, GrpcCode } = object(matcher);
  return text(HttpCode) !== "" || text(GrpcCode) !== "";
}
