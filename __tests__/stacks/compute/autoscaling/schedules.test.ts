import { stackOf } from "../../../fixtures/stage";

const night = { at: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 };
const morning = { at: "cron(0 7 ? * MON-FRI *)", timeZone: "America/New_York", minimum: 2, maximum: 6 };
const scheduled = (fields: object) => stackOf({ scaling: { minimum: 1, maximum: 4, ...fields } });
const target = "aws_appautoscaling_target.services_orders_scaling";

describe("scaling by the clock", () => {
  const stack = scheduled({ schedules: { night, morning } });
  const action = (when: string) =>
    stack.resource(`aws_appautoscaling_scheduled_action.services_orders_scaling_at_${when}`);

  it("sets other limits at their moments, in UTC or in a zone with summer time", () => {
    expect(action("night")).toMatchObject({
      name: "orders-night",
      schedule: "cron(0 20 * * ? *)",
      timezone: "UTC",
      resource_id: `\${${target}.resource_id}`,
      scalable_target_action: { min_capacity: "0", max_capacity: "0" },
    });
    expect(action("morning")).toMatchObject({
      timezone: "America/New_York",
      scalable_target_action: { min_capacity: "2", max_capacity: "6" },
    });
  });

  it("is not undone by a plan, which keeps the limits of a service without a clock", () => {
    expect(stack.resource(target)).toMatchObject({ lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] } });
    expect(scheduled({ cpuPercent: 70 }).resource(target)).not.toHaveProperty("lifecycle");
  });

  it("goes together with a load", () => {
    const both = scheduled({ cpuPercent: 70, schedules: { night } });
    expect(both.addresses).toEqual(
      expect.arrayContaining([
        "aws_appautoscaling_policy.services_orders_scaling_cpu",
        "aws_appautoscaling_scheduled_action.services_orders_scaling_at_night",
      ]),
    );
  });
});
