import type { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../../schema";
import { encodedJson } from "../../json";
import { hashOf, logGroupName } from "../../naming";
import { commonLogFields } from "../access-log-fields";
import type { RestApiConfig } from "./config";

export interface ApiStageProps {
  readonly stage: StageConfig;
  readonly ingress: RestApiConfig;
  readonly api: ApiGatewayRestApi;
  readonly deployment: ApiGatewayDeployment;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The API's stage, named after the stage: access log, error log, metrics and throttling. */
export class ApiStage extends Construct {
  public readonly stage: ApiGatewayStage;
  public readonly accessLog: string;

  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id);
    const { stage, ingress, api, deployment, dependsOn } = props;
    const { tracingEnabled, accessLogRetentionDays: retentionInDays } = ingress;
    const accessLog = new CloudwatchLogGroup(this, "access", {
      name: logGroupName(stage, "api-access"),
      retentionInDays,
    });
    // API Gateway would create it by itself under this name, and keep it for ever.
    const errorLog = new CloudwatchLogGroup(this, "error", {
      name: `API-Gateway-Execution-Logs_${api.id}/${stage.stage}`,
      retentionInDays,
    });
    this.stage = new ApiGatewayStage(this, "stage", {
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName: stage.stage,
      xrayTracingEnabled: tracingEnabled,
      accessLogSettings: { destinationArn: accessLog.arn, format: encodedJson(accessLogFields) },
      dependsOn: [errorLog, ...dependsOn],
    });
    this.accessLog = accessLog.name;
    const settings = { restApiId: api.id, stageName: this.stage.stageName };
    new ApiGatewayMethodSettings(this, "settings", {
      ...settings,
      methodPath: "*/*",
      settings: methodSettings(ingress.throttling),
    });
    // Settings of one method replace those of all methods, so each repeats them.
    for (const { path, method, id, throttling } of throttledMethods(stage)) {
      new ApiGatewayMethodSettings(this, `settings-${id}`, {
        ...settings,
        methodPath: `${path}/${method}`,
        settings: methodSettings(throttling),
      });
    }
  }
}

function methodSettings({ ratePerSecond, burst }: RestApiConfig["throttling"]) {
  return {
    metricsEnabled: true,
    loggingLevel: "ERROR",
    // Bodies and headers stay out of the log.
    dataTraceEnabled: false,
    throttlingRateLimit: ratePerSecond,
    throttlingBurstLimit: burst,
  };
}

function throttledMethods(stage: StageConfig) {
  const routes = webServices(stage).flatMap(([, service]) => service.routes);
  return routes.flatMap(({ method, segments, greedy, throttling }) => {
    if (throttling === undefined) return [];
    const exact = segments.map((segment) => `/${segment}`).join("") || "/";
    const paths = greedy ? [exact, `${exact === "/" ? "" : exact}/{proxy+}`] : [exact];
    // https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html: slashes of the path are written as ~1.
    return paths.map((path) => ({
      path: path.replaceAll("/", "~1"),
      method,
      id: hashOf(`${method} ${path}`),
      throttling,
    }));
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference */
const accessLogFields = { ...commonLogFields, route: "$context.resourcePath", traceId: "$context.xrayTraceId" };
