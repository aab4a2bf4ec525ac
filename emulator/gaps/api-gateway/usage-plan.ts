import type { Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { object } from "../../wire/json";

/** moto gives an updated quota back as text, which the provider cannot read; shown by a change of `aws_api_gateway_usage_plan`. */
export function usagePlans(): Handlers {
  const read = async (_: unknown, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (plan) => {
      if (plan.quota == null) return plan;
      const { limit, offset, ...rest } = object(plan.quota);
      return { ...plan, quota: { ...rest, limit: Number(limit), offset: Number(offset ?? 0) } };
    });
  return { "GET /usageplans/{plan}": read, "PATCH /usageplans/{plan}": read };
}
