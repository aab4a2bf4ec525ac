import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Throttle } from "../api/throttle";
import type { DataPlaneContext } from "../context";
import type { DataRequest } from "../message";
import type { GatewayResponseType } from "./gateway-response";
import type { ServedApi } from "./served";

const periodMs = { DAY: 86_400_000, WEEK: 7 * 86_400_000, MONTH: 30 * 86_400_000 } as const;

/**
 * Requests by API key: its usage plan must have the stage, and has a rate and a quota.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlans {
  private readonly used = new Map<string, number>();

  constructor(
    private readonly context: DataPlaneContext,
    private readonly throttle: Throttle,
  ) {}

  /** The answer to a request whose key is not valid or used up; undefined when the request is allowed. */
  async refuse(
    scope: Scope,
    { api, stage }: ServedApi,
    request: DataRequest,
    now = Date.now(),
  ): Promise<GatewayResponseType | undefined> {
    const { reader } = this.context;
    const value = request.headers["x-api-key"];
    if (value === undefined) return "INVALID_API_KEY";
    const keys = objects((await reader.apiGateway(scope, "/apikeys?includeValues=true&limit=500")).item);
    const key = keys.find((candidate) => candidate.value === value && candidate.enabled !== false);
    if (!key) return "INVALID_API_KEY";
    const keyId = text(key.id);
    for (const plan of objects((await reader.apiGateway(scope, "/usageplans?limit=500")).item)) {
      const stages = objects(plan.apiStages);
      if (!stages.some(({ apiId, stage: name }) => apiId === api.id && name === stage.stageName)) continue;
      const members = objects((await reader.apiGateway(scope, `/usageplans/${text(plan.id)}/keys?limit=500`)).item);
      if (members.some(({ id }) => id === keyId)) return this.count(plan, keyId, now);
    }
    return "INVALID_API_KEY";
  }

  private count(plan: JsonObject, keyId: string, now: number): GatewayResponseType | undefined {
    const { rateLimit, burstLimit } = object(plan.throttle);
    const name = `plan ${text(plan.id)} ${keyId}`;
    if (
      rateLimit != null &&
      !this.throttle.take(name, { rate: Number(rateLimit), burst: Number(burstLimit ?? rateLimit) })
    ) {
      return "THROTTLED";
    }
    const { limit, period } = object(plan.quota);
    if (limit == null) return undefined;
    const window = Math.floor(now / (period === "DAY" || period === "WEEK" ? periodMs[period] : periodMs.MONTH));
    const counter = `${name} ${window}`;
    const used = this.used.get(counter) ?? 0;
    if (used >= Number(limit)) return "QUOTA_EXCEEDED";
    this.used.set(counter, used + 1);
    return undefined;
  }
}
