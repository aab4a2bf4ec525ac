import { each, type Rules } from "../rule";
import { guarded } from "./load-balancers";

const stages = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];

/** What stands around the requests to an API: records, limits, a WAF. */
export const apiStageRules = {
  "api-access-log": {
    severity: "medium",
    why: "The access log is the only record of who called an API.",
    source: "CKV_AWS_76, CKV_AWS_95, APIGateway.9",
    mend: "set access_log_settings with a log group",
    check: each(
      stages,
      (stage) => !stage.has("access_log_settings.destination_arn") && "keeps no record of its callers",
    ),
  },
  "api-error-log": {
    severity: "medium",
    why: "Without it a 5xx of API Gateway itself has no reason.",
    source: "CKV2_AWS_4, APIGateway.1",
    mend: "set logging_level to ERROR and metrics_enabled to true for */*",
    check: each("aws_api_gateway_method_settings", (method) => {
      const logged = ["ERROR", "INFO"].includes(method.text("settings.logging_level"));
      return !(logged && method.get("settings.metrics_enabled") === true) && "neither logs nor counts every failure";
    }),
  },
  "api-body-trace": {
    severity: "high",
    why: "Bodies and headers of requests hold what only their sender and the service may know.",
    source: "CKV_AWS_276",
    mend: "set data_trace_enabled to false",
    check: each(
      "aws_api_gateway_method_settings",
      (method) => method.has("settings.data_trace_enabled") && "writes whole requests into the log",
    ),
  },
  "api-throttling": {
    severity: "medium",
    why: "Without limits of its own a stage may use up those that all APIs of the account share.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    mend: "set throttling_rate_limit and throttling_burst_limit",
    check: each(["aws_api_gateway_method_settings", "aws_apigatewayv2_stage"], (block) => {
      const settings = block.type === "aws_apigatewayv2_stage" ? "default_route_settings" : "settings";
      const limited = ["rate", "burst"].every((limit) => block.number(`${settings}.throttling_${limit}_limit`) > 0);
      return !limited && "takes as many requests as the account";
    }),
  },
  "api-method-settings": {
    severity: "medium",
    why: "Log, metrics and limits of a REST API are settings of its methods, which a stage has none of by itself.",
    source: "CKV2_AWS_4",
    mend: 'add aws_api_gateway_method_settings with method_path "*/*"',
    check: each("aws_api_gateway_stage", (stage, stack) => {
      const settings = stack.usersOf(stage, "aws_api_gateway_method_settings");
      return !settings.some((each) => each.get("method_path") === "*/*") && "leaves methods to AWS's defaults";
    }),
  },
  "api-tracing": {
    severity: "low",
    why: "A trace tells in which part of the way a slow answer lost its time.",
    source: "CKV_AWS_73, APIGateway.3",
    mend: "set xray_tracing_enabled to true",
    holds: "production",
    check: each(
      "aws_api_gateway_stage",
      (stage) => stage.get("xray_tracing_enabled") !== true && "leaves no trace of its requests",
    ),
  },
  "api-waf": {
    severity: "medium",
    why: "Everybody can send everything to a REST API.",
    source: "CKV2_AWS_29, APIGateway.4",
    mend: "associate a web ACL with it",
    holds: "production",
    check: each(
      "aws_api_gateway_stage",
      (stage, stack) => !guarded(stack, stage) && "stands on the internet without a WAF",
    ),
  },
} satisfies Rules;
