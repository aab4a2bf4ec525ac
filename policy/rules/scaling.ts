import { each, type Rules } from "../rule";

/** How many tasks a service runs. */
export const scalingRules = {
  "scaling-bounds": {
    severity: "medium",
    why: "Terraform plans bounds that Application Auto Scaling refuses.",
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    mend: "let min_capacity be at most max_capacity",
    check: each(["aws_appautoscaling_target", "aws_appautoscaling_scheduled_action"], (target) => {
      const prefix = target.type === "aws_appautoscaling_target" ? "" : "scalable_target_action.";
      const [minimum, maximum] = [target.number(`${prefix}min_capacity`), target.number(`${prefix}max_capacity`)];
      return minimum > maximum && `runs at least ${minimum} and at most ${maximum} tasks`;
    }),
  },
  "scaling-undisturbed": {
    severity: "medium",
    why: "A deployment must not set back the number of tasks that the load asked for.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
    mend: 'add "desired_count" to lifecycle.ignore_changes',
    check: each("aws_ecs_service", (service, stack) => {
      const scaled = stack.usersOf(service, "aws_appautoscaling_target").length > 0;
      const ignored = service.all("lifecycle.ignore_changes").includes("desired_count");
      return scaled && !ignored && "is scaled by its load and by Terraform";
    }),
  },
} satisfies Rules;
