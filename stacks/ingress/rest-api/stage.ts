import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import type { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../../schema";
import { encodedJson } from "../../json";
import { apiKeyName, hashOf, logGroupName, usagePlanName, type Named } from "../../naming";
import { commonLogFields } from "../access-log-fields";
import type { RestApiConfig } from "../kind";

export interface ApiStageProps {
  readonly stage: StageConfig;
  readonly ingress: RestApiConfig;
  readonly api: ApiGatewayRestApi;
  readonly deployment: ApiGatewayDeployment;
}

/**
 * The API's stage, named after the stage: access log, error log, metrics and throttling. The account stack sets the role
 * with which API Gateway writes the logs.
 */
export class ApiStage extends Construct {
  public readonly stage: ApiGatewayStage;
  public readonly accessLog: string;

  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id);
    const { stage, ingress, api, deployment } = props;
    const { tracingEnabled, accessLogRetentionDays: retentionInDays } = ingress;
    const accessLog = new CloudwatchLogGroup(this, "access", {
      name: logGroupName(stage, "api-access"),
      retentionInDays,
    });
    // API Gateway would otherwise create the group, without retention.
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
      dependsOn: [errorLog],
    });
    this.accessLog = accessLog.name;
    const settings = { restApiId: api.id, stageName: this.stage.stageName };
    new ApiGatewayMethodSettings(this, "settings", {
      ...settings,
      methodPath: "*/*",
      settings: methodSettings(ingress.throttling),
    });
    // Settings of a method replace those of all methods, so they are repeated.
    for (const { path, method, id, throttling } of throttledMethods(stage)) {
      new ApiGatewayMethodSettings(this, `settings-${id}`, {
        ...settings,
        methodPath: `${path}/${method}`,
        settings: methodSettings(throttling),
      });
    }
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference */
const accessLogFields = { ...commonLogFields, route: "$context.resourcePath", traceId: "$context.xrayTraceId" };

export interface ApiKeysProps {
  readonly stage: Named;
  readonly apiKeys: NonNullable<RestApiConfig["apiKeys"]>;
  readonly apiStage: ApiGatewayStage;
}

/** An API key for each caller, and their usage plan. */
export class ApiKeys extends Construct {
  constructor(scope: Construct, id: string, props: ApiKeysProps) {
    super(scope, id);
    const { stage, apiKeys, apiStage } = props;
    const plan = new ApiGatewayUsagePlan(this, "plan", {
      name: usagePlanName(stage),
      apiStages: [{ apiId: apiStage.restApiId, stage: apiStage.stageName }],
      quotaSettings: apiKeys.quota,
      throttleSettings: { rateLimit: apiKeys.throttling.ratePerSecond, burstLimit: apiKeys.throttling.burst },
    });
    for (const caller of apiKeys.callers) {
      const callerScope = new Construct(this, caller);
      const key = new ApiGatewayApiKey(callerScope, "key", { name: apiKeyName(stage, caller) });
      new ApiGatewayUsagePlanKey(callerScope, "plan-key", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
    }
  }
}

function methodSettings({ ratePerSecond, burst }: RestApiConfig["throttling"]) {
  return {
    metricsEnabled: true,
    loggingLevel: "ERROR",
    // Would log bodies and headers.
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
    // https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html: slashes in the path are encoded as ~1.
    return paths.map((path) => ({
      path: path.replaceAll("/", "~1"),
      method,
      id: hashOf(`${method} ${path}`),
      throttling,
    }));
  });
}
