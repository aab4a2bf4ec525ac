import { each, type Rules } from "../rule";
import { settingsIn } from "./starters";

/** ECS clusters and what starts tasks in them. */
export const clusterRules = {
  "cluster-insights": {
    severity: "medium",
    why: "Without Container Insights nobody sees how many tasks run, and what they use.",
    source: "CKV_AWS_65",
    mend: 'set containerInsights to "enabled" or "enhanced"',
    check: each("aws_ecs_cluster", (cluster) => {
      const insights = cluster.blocks("setting").find((setting) => setting.get("name") === "containerInsights");
      return !["enabled", "enhanced"].includes(insights?.text("value") ?? "") && "counts nothing of its tasks";
    }),
  },
  "exec-logged": {
    severity: "high",
    why: "What somebody types inside a running task must stay readable afterwards.",
    source: "CKV_AWS_223",
    mend: "set execute_command_configuration.logging to OVERRIDE, with a log group",
    check: each("aws_ecs_cluster", (cluster, stack) => {
      const entered = settingsIn(stack.usersOf(cluster)).some((tasks) => tasks.has("enable_execute_command"));
      const settings = "configuration.execute_command_configuration";
      const logged =
        cluster.get(`${settings}.logging`) === "OVERRIDE" &&
        cluster.has(`${settings}.log_configuration.cloud_watch_log_group_name`);
      return entered && !logged && "lets people into its tasks without a record";
    }),
  },
} satisfies Rules;
