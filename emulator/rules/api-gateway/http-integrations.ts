import { isOutside } from "../../documents/values";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { referenceV2, service } from "./reference";
import { protocolOf } from "./routes";

const integrations = `${referenceV2}/apis-apiid-integrations.html`;
const stages = `${referenceV2}/apis-apiid-stages.html`;

/** Rules on the integrations and stages of HTTP and WebSocket APIs, which depend on the API's protocol and routes. */
export const httpIntegrationRules: readonly Rule[] = [
  {
    name: "integration-of-protocol",
    service,
    operations: ["CreateIntegration", "UpdateIntegration"],
    code: "BadRequestException",
    rule: "An integration of an HTTP API is of type AWS_PROXY or HTTP_PROXY.",
    source: integrations,
    refuse: async (call) => {
      const type = call.input.IntegrationType;
      if (type === undefined || type === "AWS_PROXY" || type === "HTTP_PROXY") return undefined;
      return (await protocolOf(call)) === "HTTP"
        ? "Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)"
        : undefined;
    },
  },
  {
    name: "private-integration-target",
    service,
    operations: ["CreateIntegration", "UpdateIntegration"],
    code: "BadRequestException",
    rule: "A private integration of an HTTP API sends requests to a listener or to a service of AWS Cloud Map.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html",
    refuse: async (call) => {
      const { ConnectionType, IntegrationUri } = call.input;
      if (ConnectionType == null && IntegrationUri == null) return undefined;
      const current = await integrationOf(call);
      if ((ConnectionType ?? current.ConnectionType) !== "VPC_LINK") return undefined;
      const target = text(IntegrationUri ?? current.IntegrationUri);
      const isTarget = /^arn:[^:]+:(elasticloadbalancing:[^:]+:\d+:listener|servicediscovery:[^:]+:\d+:service)\//;
      return isTarget.test(target) || (await protocolOf(call)) !== "HTTP"
        ? undefined
        : "For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.";
    },
  },
  {
    name: "websocket-integration-timeout",
    service,
    operations: ["CreateIntegration", "UpdateIntegration"],
    code: "BadRequestException",
    rule: "The timeout of a WebSocket API's integration is at most 29 seconds.",
    source: integrations,
    refuse: async (call) =>
      isOutside(call.input.TimeoutInMillis, 50, 29_000) && (await protocolOf(call)) === "WEBSOCKET"
        ? "Timeout should be between 50 ms and 29000 ms"
        : undefined,
  },
  {
    name: "stage-route-settings",
    service,
    operations: ["CreateStage", "UpdateStage"],
    code: "NotFoundException",
    status: 404,
    rule: "The routes to which a stage of version 2 gives settings must exist.",
    source: stages,
    refuse: async ({ input, ask }) => {
      const keys = Object.keys(object(input.RouteSettings));
      if (keys.length === 0) return undefined;
      const { Items } = await ask("GetRoutes", { ApiId: input.ApiId });
      const routes = objects(Items).map(({ RouteKey }) => text(RouteKey));
      const missing = keys.find((key) => !routes.includes(key));
      return missing && `Unable to find Route by key ${missing} within the provided RouteSettings`;
    },
  },
  {
    name: "stage-auto-deploy",
    service,
    operations: ["UpdateStage"],
    code: "BadRequestException",
    rule: "A stage of version 2 with automatic deployment is given no deployment.",
    source: stages,
    refuse: async ({ input, ask }) => {
      const { ApiId, StageName, DeploymentId, AutoDeploy } = input;
      if (ApiId === undefined || DeploymentId == null) return undefined;
      const isAutomatic = AutoDeploy ?? (await ask("GetStage", { ApiId, StageName })).AutoDeploy;
      return isAutomatic === true
        ? `Deployment ID cannot be set on this stage ${text(StageName)} because AutoDeploy is enabled.`
        : undefined;
    },
  },
];

async function integrationOf({ input, ask }: RuleCall): Promise<JsonObject> {
  const { ApiId, IntegrationId } = input;
  return IntegrationId === undefined ? {} : ask("GetIntegration", { ApiId, IntegrationId });
}
