import type { Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { object } from "../../wire/json";

const numbers = ["limit", "offset"];

/** moto gives an updated quota back as text, which the provider cannot read; shown by a change of `aws_api_gateway_usage_plan`. */
export function usagePlans(): Handlers {
  const read = async (_: unknown, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (plan) => {
      if (plan.quota == null) return plan;
      const quota = Object.entries(object(plan.quota)).map(([key, value]) => [
        key,
        numbers.includes(key) ? Number(value) : value,
      ]);
      return { ...plan, quota: object(Object.fromEntries(quota)) };
    });
  return { "GET /usageplans/{plan}": read, "PATCH /usageplans/{plan}": read };
}
