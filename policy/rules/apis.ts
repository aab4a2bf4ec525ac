import { restMethods, type RestMethod } from "../rest-methods";
import { each, type PolicyStack, type Rule, type Rules } from "../rule";
import type { Block } from "../terraform/stack";
import { hasWebAcl } from "./load-balancers";

const stages = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];

/** APIs of API Gateway: routes, deployments and stages. */
export const apiRules = {
  "api-authorization": {
    severity: "high",
    rationale: "A route without authorization can be called by anyone on the internet.",
    source: "CKV_AWS_59, CKV_AWS_309",
    remediation: "set ingress.authorization, and remove public from the route (authorization, authorizer_id)",
    appliesTo: "production",
    check: either(
      each(["aws_api_gateway_method", "aws_apigatewayv2_route"], (route, stack) => {
        const kind = route.text("authorization") || route.text("authorization_type") || "NONE";
        const isOpen = kind === "NONE" || (kind !== "AWS_IAM" && !route.has("authorizer_id"));
        return isOpen && !needsNoAuthorization(stack, ...requestOf(route, stack)) && "has no authorization";
      }),
      eachMethod(
        ({ verb, path, hasAuthorization }, stack) =>
          !hasAuthorization && !needsNoAuthorization(stack, verb, path) && "has no authorization",
      ),
    ),
  },
  "api-integration-timeout": {
    severity: "medium",
    rationale:
      "API Gateway rejects integration timeouts above 29 s, for an HTTP API above 30 s, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
    remediation: "set ingress.timeoutMilliseconds to 50 to 29000, for an HTTP API 30000 (timeout_milliseconds)",
    check: either(
      each(["aws_api_gateway_integration", "aws_apigatewayv2_integration"], (integration) => {
        if (!integration.has("timeout_milliseconds")) return false;
        const most = integration.type === "aws_api_gateway_integration" ? 29_000 : 30_000;
        return wrongTimeout(integration.number("timeout_milliseconds"), most);
      }),
      eachMethod(
        ({ integration }) =>
          integration.has("timeoutInMillis") && wrongTimeout(integration.number("timeoutInMillis"), 29_000),
      ),
    ),
  },
  "api-deployment-triggers": {
    severity: "high",
    rationale: "A deployment is a copy of the API: later changes are live only after the next deployment.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
    remediation: "hash the body of the API, or every method and integration, into triggers",
    check: each("aws_api_gateway_deployment", (deployment, stack) => {
      const hashed = new Set(deployment.references("triggers"));
      const texts = JSON.stringify(deployment.get("triggers") ?? {});
      const documents = stack
        .all("aws_api_gateway_rest_api")
        .filter((api) => api.has("body") && !texts.includes(`${api.address}.body`))
        .map(({ address }) => `is not triggered by changes of the body of ${address}`);
      const integrations = stack
        .all("aws_api_gateway_integration")
        .filter(({ address }) => !hashed.has(address))
        .filter((integration) => integration.get("type") !== "MOCK")
        .map(({ address }) => `is not triggered by changes of ${address}`);
      return [...documents, ...integrations];
    }),
  },
  "api-deployment-stage": {
    severity: "medium",
    rationale: "A stage that belongs to a deployment is replaced with every deployment, which interrupts the API.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
    remediation: "remove stage_name, and add an aws_api_gateway_stage",
    check: each("aws_api_gateway_deployment", (deployment) => deployment.has("stage_name") && "has a stage_name"),
  },
  "api-deployment-replacement": {
    severity: "medium",
    rationale: "API Gateway refuses to delete a deployment that a stage still uses.",
    source: "CKV_AWS_217",
    remediation: "set lifecycle.create_before_destroy to true",
    check: each(
      "aws_api_gateway_deployment",
      (deployment) =>
        deployment.get("lifecycle.create_before_destroy") !== true && "is deleted before its replacement exists",
    ),
  },
  "api-access-log": {
    severity: "medium",
    rationale: "The access log is the only record of the clients of an API.",
    source: "CKV_AWS_76, CKV_AWS_95, APIGateway.9",
    remediation: "set access_log_settings with a log group",
    check: each(stages, (stage) => !stage.has("access_log_settings.destination_arn") && "has no access log"),
  },
  "api-error-log": {
    severity: "medium",
    rationale: "The cause of a 5xx response of API Gateway itself is only in its execution log.",
    source: "CKV2_AWS_4, APIGateway.1",
    remediation: 'set logging_level to "ERROR" and metrics_enabled to true for */*',
    check: each("aws_api_gateway_method_settings", (method) => {
      const logged = ["ERROR", "INFO"].includes(method.text("settings.logging_level"));
      return (
        !(logged && method.get("settings.metrics_enabled") === true) && "does not enable both error log and metrics"
      );
    }),
  },
  "api-data-trace": {
    severity: "high",
    rationale: "Data tracing logs the headers and bodies of requests, which contain credentials and personal data.",
    source: "CKV_AWS_276",
    remediation: "set data_trace_enabled to false",
    check: each(
      "aws_api_gateway_method_settings",
      (method) => method.has("settings.data_trace_enabled") && "logs whole requests",
    ),
  },
  "api-throttling": {
    severity: "medium",
    rationale: "A stage without limits can use up the request quota that all APIs of the account share.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    remediation: "set ingress.throttling (throttling_rate_limit, throttling_burst_limit)",
    check: each(["aws_api_gateway_method_settings", "aws_apigatewayv2_stage"], (block) => {
      const settings = block.type === "aws_apigatewayv2_stage" ? "default_route_settings" : "settings";
      const limited = ["rate", "burst"].every((limit) => block.number(`${settings}.throttling_${limit}_limit`) > 0);
      return !limited && "does not limit both rate and burst";
    }),
  },
  "api-method-settings": {
    severity: "medium",
    rationale: "A stage of a REST API has no logs, metrics and limits until its method settings set them.",
    source: "CKV2_AWS_4",
    remediation: 'add aws_api_gateway_method_settings with method_path "*/*"',
    check: each("aws_api_gateway_stage", (stage, stack) => {
      const settings = stack.usersOf(stage, "aws_api_gateway_method_settings");
      return !settings.some((each) => each.get("method_path") === "*/*") && "has no settings for all of its methods";
    }),
  },
  "api-tracing": {
    severity: "low",
    rationale: "A trace shows which component caused the latency of a request.",
    source: "CKV_AWS_73, APIGateway.3",
    remediation: "set ingress.tracingEnabled: true (xray_tracing_enabled)",
    appliesTo: "production",
    check: each(
      "aws_api_gateway_stage",
      (stage) => stage.get("xray_tracing_enabled") !== true && "does not enable tracing",
    ),
  },
  "api-waf": {
    severity: "medium",
    rationale: "A REST API receives the requests of every scanner and botnet on the internet.",
    source: "CKV2_AWS_29, APIGateway.4",
    remediation: "set ingress.waf (aws_wafv2_web_acl_association)",
    appliesTo: "production",
    check: each("aws_api_gateway_stage", (stage, stack) => !hasWebAcl(stack, stage) && "has no web ACL"),
  },
} satisfies Rules;

/** The violations of two checks. */
function either(one: Rule["check"], other: Rule["check"]): Rule["check"] {
  return (stack) => [...one(stack), ...other(stack)];
}

/** Checks each method in the document of a REST API. */
function eachMethod(problemOf: (method: RestMethod, stack: PolicyStack) => string | false): Rule["check"] {
  return (stack) =>
    restMethods(stack).flatMap((method) => {
      const problem = problemOf(method, stack);
      return problem === false
        ? []
        : [{ resource: method.api.address, part: method.name, problem: `${problem} on ${method.name}` }];
    });
}

function wrongTimeout(timeout: number, most: number): string | false {
  return !(timeout >= 50 && timeout <= most) && `has an integration timeout of ${timeout} ms`;
}

/** Preflight requests carry no token, and neither do health checks. */
function needsNoAuthorization(stack: PolicyStack, method: string, path: string): boolean {
  const healthChecks = stack.all("aws_lb_target_group").map((group) => segmentsOf(group.text("health_check.path")));
  return method === "OPTIONS" || (method === "GET" && healthChecks.includes(segmentsOf(path)));
}

function segmentsOf(path: string): string {
  return path.split("/").filter(Boolean).join("/");
}

function requestOf(route: Block, stack: PolicyStack): [method: string, path: string] {
  if (route.type === "aws_api_gateway_method") return [route.text("http_method"), restPath(route, stack).join("/")];
  const [method = "", path = ""] = route.text("route_key").split(" ");
  return [method, path];
}

function restPath(block: Block, stack: PolicyStack): string[] {
  const [resource] = stack.targets(
    block,
    block.type === "aws_api_gateway_method" ? "resource_id" : "parent_id",
    "aws_api_gateway_resource",
  );
  return resource === undefined ? [] : [...restPath(resource, stack), resource.text("path_part")];
}
