import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";

/** APIs, their routes and their deployments. */
export const apiRules = {
  "api-authorization": {
    severity: "high",
    why: "What an API does for one caller it must not do for everybody.",
    source: "CKV_AWS_59, CKV_AWS_309",
    mend: "set authorization and authorizer_id",
    holds: "production",
    check: each(["aws_api_gateway_method", "aws_apigatewayv2_route"], (route, stack) => {
      const kind = route.text("authorization") || route.text("authorization_type") || "NONE";
      const open = kind === "NONE" || (kind !== "AWS_IAM" && !route.has("authorizer_id"));
      return open && !mayBeOpen(route, stack) && "answers everybody";
    }),
  },
  "api-integration-timeout": {
    severity: "medium",
    why: "Terraform plans timeouts that API Gateway refuses: it waits for 29 s, an HTTP API for 30 s.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
    mend: "write at most 29000 (HTTP API 30000), and at least 50",
    check: each(["aws_api_gateway_integration", "aws_apigatewayv2_integration"], (integration) => {
      if (!integration.has("timeout_milliseconds")) return false;
      const most = integration.type === "aws_api_gateway_integration" ? 29_000 : 30_000;
      const timeout = integration.number("timeout_milliseconds");
      return !(timeout >= 50 && timeout <= most) && `waits for ${timeout} ms`;
    }),
  },
  "api-deployment-triggers": {
    severity: "high",
    why: "A deployment is a copy: what changes after it goes live only with the next one.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
    mend: "hash every method and integration into triggers",
    check: each("aws_api_gateway_deployment", (deployment, stack) => {
      const hashed = new Set(deployment.references("triggers"));
      return stack
        .all("aws_api_gateway_integration")
        .filter(({ address }) => !hashed.has(address))
        .filter((integration) => integration.get("type") !== "MOCK")
        .map(({ address }) => `does not go live again when ${address} changes`);
    }),
  },
  "api-stage-apart": {
    severity: "medium",
    why: "A stage inside a deployment is replaced, and down, with every deployment.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment",
    mend: "remove stage_name, and write an aws_api_gateway_stage",
    check: each(
      "aws_api_gateway_deployment",
      (deployment) => deployment.has("stage_name") && "makes a stage of its own",
    ),
  },
  "api-replaceable": {
    severity: "medium",
    why: "A stage cannot lose its deployment before it has the next one.",
    source: "CKV_AWS_217",
    mend: "set lifecycle.create_before_destroy to true",
    check: each(
      "aws_api_gateway_deployment",
      (deployment) =>
        deployment.get("lifecycle.create_before_destroy") !== true && "is removed while its stage still needs it",
    ),
  },
} satisfies Rules;

/** Preflights carry no token, and neither do health checks. */
function mayBeOpen(route: Block, stack: ReadStack): boolean {
  const [method = "", ...path] =
    route.type === "aws_api_gateway_method"
      ? [route.text("http_method"), ...restPath(route, stack)]
      : route.text("route_key").split(/[ /]+/);
  const health = stack
    .all("aws_lb_target_group")
    .map((group) => group.text("health_check.path").split("/").filter(Boolean).join("/"));
  return method === "OPTIONS" || (method === "GET" && health.includes(path.join("/")));
}

function restPath(block: Block, stack: ReadStack): string[] {
  const [resource] = stack.targets(
    block,
    block.type === "aws_api_gateway_method" ? "resource_id" : "parent_id",
    "aws_api_gateway_resource",
  );
  return resource === undefined ? [] : [...restPath(resource, stack), resource.text("path_part")];
}
