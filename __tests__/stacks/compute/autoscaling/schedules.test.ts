import { stackOf } from "../../../fixtures/stage";

const night = { schedule: "cron(0 20 * * ? *)", minimum: 0, maximum: 0 };
const morning = { schedule: "cron(0 7 ? * MON-FRI *)", timeZone: "America/New_York", minimum: 2, maximum: 6 };
const scheduled = (fields: object) => stackOf({ scaling: { minimum: 1, maximum: 4, ...fields } });
const target = "aws_appautoscaling_target.services_orders_scaling";

describe("scheduled scaling", () => {
  const stack = scheduled({ schedules: { night, morning } });
  const action = (when: string) =>
    stack.resource(`aws_appautoscaling_scheduled_action.services_orders_scaling_at_${when}`);

  it("sets the limits at the scheduled times, in UTC or in a time zone", () => {
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

  it("is not undone by Terraform, which ignores changes of the limits only of services with schedules", () => {
    expect(stack.resource(target)).toMatchObject({ lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] } });
    expect(scheduled({ cpuPercent: 70 }).resource(target)).not.toHaveProperty("lifecycle");
  });

  it("can be combined with target tracking", () => {
    const both = scheduled({ cpuPercent: 70, schedules: { night } });
    expect(both.addresses).toEqual(
      expect.arrayContaining([
        "aws_appautoscaling_policy.services_orders_scaling_cpu",
        "aws_appautoscaling_scheduled_action.services_orders_scaling_at_night",
      ]),
    );
  });
});
