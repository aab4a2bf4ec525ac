import { list, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

/** Rules on the clusters and services that exist already. */
export const changeRules: readonly Rule[] = [
  {
    name: "task-cluster-unknown",
    service,
    operations: ["RunTask", "StopTask"],
    code: "ClusterNotFoundException",
    rule: "The cluster of a task exists.",
    source: `${reference}/API_RunTask.html`,
    refuse: async ({ input, ask }) => {
      const { clusters } = await ask("DescribeClusters", { clusters: [text(input.cluster) || "default"] });
      return objects(clusters).some(({ status }) => status !== "INACTIVE") ? undefined : "Cluster not found.";
    },
  },
  {
    name: "grace-period-without-load-balancer",
    service,
    operations: ["UpdateService"],
    code: "InvalidParameterException",
    rule: "Only a service with a load balancer has a grace period of health checks.",
    source: `${reference}/API_UpdateService.html`,
    refuse: async (call) => {
      const seconds = call.input.healthCheckGracePeriodSeconds;
      if (typeof seconds !== "number" || seconds === 0) return undefined;
      const { status, loadBalancers } = await existing(call);
      const balancers = call.input.loadBalancers ?? loadBalancers;
      return status === "ACTIVE" && list(balancers).length === 0
        ? "Health check grace period is only valid for services configured to use load balancers"
        : undefined;
    },
  },
];

async function existing({ input, ask }: RuleCall): Promise<JsonObject> {
  const { services } = await ask("DescribeServices", { cluster: input.cluster, services: [input.service] });
  return objects(services)[0] ?? {};
}
