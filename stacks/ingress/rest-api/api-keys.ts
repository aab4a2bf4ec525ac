import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { Construct } from "constructs";
import { apiKeyName, usagePlanName, type Named } from "../../naming";
import type { RestApiConfig } from "./config";

export interface ApiKeysProps {
  readonly stage: Named;
  readonly apiKeys: NonNullable<RestApiConfig["apiKeys"]>;
  readonly apiStage: ApiGatewayStage;
}

/** A key for each caller, and what each of them may use. */
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
