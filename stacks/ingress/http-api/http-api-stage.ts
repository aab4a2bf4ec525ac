import type { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { encodedJson } from "../../json";
import { logGroupName } from "../../naming";
import { commonLogFields } from "../access-log-fields";
import type { HttpApiConfig } from "./http-api";
import type { HttpRoutes } from "./http-routes";

export interface HttpApiStageProps {
  readonly stage: StageConfig;
  readonly ingress: HttpApiConfig;
  readonly api: Apigatewayv2Api;
  readonly routes: HttpRoutes;
}

/** The one stage of an HTTP API, `$default`, whose name is no part of the path: access log, metrics and throttling. */
export class HttpApiStage extends Construct {
  public readonly stage: Apigatewayv2Stage;
  public readonly accessLog: string;

  constructor(scope: Construct, id: string, props: HttpApiStageProps) {
    super(scope, id);
    const { stage, ingress, api, routes } = props;
    const { throttling, accessLogRetentionDays: retentionInDays } = ingress;
    const accessLog = new CloudwatchLogGroup(this, "access", {
      name: logGroupName(stage, "api-access"),
      retentionInDays,
    });
    this.accessLog = accessLog.name;
    this.stage = new Apigatewayv2Stage(this, "stage", {
      apiId: api.id,
      name: "$default",
      // Every change goes live by itself: there is no deployment that could be forgotten.
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.arn, format: encodedJson(accessLogFields) },
      defaultRouteSettings: { detailedMetricsEnabled: true, ...limits(throttling) },
      routeSettings: routes.throttled.map(({ route, throttling: own }) => ({
        routeKey: route.routeKey,
        detailedMetricsEnabled: true,
        ...limits(own),
      })),
    });
  }
}

function limits({ ratePerSecond, burst }: HttpApiConfig["throttling"]) {
  return { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst };
}

const accessLogFields = {
  ...commonLogFields,
  route: "$context.routeKey",
  authorizerError: "$context.authorizer.error",
};
