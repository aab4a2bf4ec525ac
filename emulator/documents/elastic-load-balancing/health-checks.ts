import { object, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { validationError } from "./load-balancers";

/** Port, codes and times of a health check. */
export const healthChecks: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateTargetGroup", "ModifyTargetGroup"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  check: (input) => firstRefusal([enabled, port, path, httpCodes, grpcCodes, healthCheckTimes], input),
};

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
function enabled({ HealthCheckEnabled, TargetType }: JsonObject): Refusal | undefined {
  return HealthCheckEnabled === false && isSet(TargetType) && TargetType !== "lambda"
    ? validationError(`Health check enabled must be true for target groups with target type '${text(TargetType)}'`)
    : undefined;
}

function port({ HealthCheckPort }: JsonObject): Refusal | undefined {
  const written = text(HealthCheckPort);
  const isPort = numberOf(written) !== undefined && !isOutside(written, 1, 65535);
  return written === "" || written === "traffic-port" || isPort
    ? undefined
    : validationError(`Health check port '${written}' must be 'traffic-port' or a number from 1 to 65535`);
}

function path({ HealthCheckPath }: JsonObject): Refusal | undefined {
  return text(HealthCheckPath) === "" || text(HealthCheckPath).startsWith("/")
    ? undefined
    : validationError(`Health check path '${text(HealthCheckPath)}' must begin with a '/' character`);
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
function httpCodes({ Matcher, Protocol }: JsonObject): Refusal | undefined {
  // Network Load Balancers know more codes; a change does not say the protocol.
  const last = ["HTTP", "HTTPS"].includes(text(Protocol)) ? 499 : 599;
  return wrongCodes(text(object(Matcher).HttpCode), /^\d{3}(-\d{3})?$/, 200, last);
}

function grpcCodes({ Matcher }: JsonObject): Refusal | undefined {
  return wrongCodes(text(object(Matcher).GrpcCode), /^\d{1,2}(-\d{1,2})?$/, 0, 99);
}

function wrongCodes(codes: string, form: RegExp, first: number, last: number): Refusal | undefined {
  if (codes === "") return undefined;
  const isWrong = codes.split(",").some((range) => {
    const [from = "", to = from] = range.split("-");
    return !form.test(range) || Number(from) < first || Number(to) > last || Number(from) > Number(to);
  });
  return isWrong
    ? validationError(`Health check matcher '${codes}' must have codes or ranges of codes from ${first} to ${last}`)
    : undefined;
}

/**
 * The refusal of a timeout that is not smaller than the interval: https://github.com/hashicorp/terraform-provider-aws/issues/2366
 * Of a Network Load Balancer they may be equal: https://github.com/aws/aws-cdk/pull/26031. A change does not say the protocol.
 */
export function healthCheckTimes(input: JsonObject): Refusal | undefined {
  const [interval, timeout] = [numberOf(input.HealthCheckIntervalSeconds), numberOf(input.HealthCheckTimeoutSeconds)];
  if (interval === undefined || timeout === undefined) return undefined;
  const protocol = text(input.HealthCheckProtocol) || text(input.Protocol);
  const isHttp = text(input.Protocol).startsWith("HTTP") && protocol.startsWith("HTTP");
  return timeout > interval || (isHttp && timeout === interval)
    ? validationError(`Health check timeout '${timeout}' must be smaller than the interval '${interval}'`)
    : undefined;
}
