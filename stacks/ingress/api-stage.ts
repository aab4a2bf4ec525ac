import type { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../config";
import { encodedJson } from "../json";
import { logGroupName } from "../naming";
import { addOutput } from "../readable-stack";

export interface ApiStageProps {
  readonly stage: StageConfig;
  readonly api: ApiGatewayRestApi;
  readonly deployment: ApiGatewayDeployment;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The API's stage, named after the stage: access log, error log, metrics and throttling. */
export class ApiStage extends Construct {
  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id);
    const { stage, api, deployment, dependsOn } = props;
    const { throttling, tracing, accessLogRetentionDays: retentionInDays } = stage.ingress;
    const accessLog = new CloudwatchLogGroup(this, "access-log", {
      name: logGroupName(stage, "api-access"),
      retentionInDays,
    });
    // API Gateway would create it by itself under this name, and keep it for ever.
    const errorLog = new CloudwatchLogGroup(this, "error-log", {
      name: `API-Gateway-Execution-Logs_${api.id}/${stage.stage}`,
      retentionInDays,
    });
    const apiStage = new ApiGatewayStage(this, "stage", {
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName: stage.stage,
      xrayTracingEnabled: tracing,
      accessLogSettings: { destinationArn: accessLog.arn, format: encodedJson(accessLogFields) },
      dependsOn: [errorLog, ...dependsOn],
    });
    new ApiGatewayMethodSettings(this, "settings", {
      restApiId: api.id,
      stageName: apiStage.stageName,
      methodPath: "*/*",
      settings: {
        metricsEnabled: true,
        loggingLevel: "ERROR",
        // Bodies and headers stay out of the log.
        dataTraceEnabled: false,
        throttlingRateLimit: throttling.ratePerSecond,
        throttlingBurstLimit: throttling.burst,
      },
    });
    addOutput(this, "api_url", { value: apiStage.invokeUrl, description: "Base URL of the API" });
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference */
const accessLogFields = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  method: "$context.httpMethod",
  route: "$context.resourcePath",
  path: "$context.path",
  status: "$context.status",
  integrationStatus: "$context.integration.status",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integration.latency",
  bytes: "$context.responseLength",
  error: "$context.error.message",
  traceId: "$context.xrayTraceId",
};
