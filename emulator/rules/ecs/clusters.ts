import { list, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

/** Rules on the end of clusters, and on what their services and tasks use of them. */
export const clusterRules: readonly Rule[] = [
  {
    name: "cluster-with-services",
    service,
    operations: ["DeleteCluster"],
    code: "ClusterContainsServicesException",
    rule: "A cluster with services cannot be deleted.",
    source: `${reference}/API_DeleteCluster.html`,
    refuse: async (call) =>
      (await servicesOf(call, call.input.cluster)).length > 0
        ? "The Cluster cannot be deleted while Services are active."
        : undefined,
  },
  {
    name: "cluster-with-tasks",
    service,
    operations: ["DeleteCluster"],
    code: "ClusterContainsTasksException",
    rule: "A cluster with tasks cannot be deleted; those of a deleted service drain first.",
    source: `${reference}/API_DeleteCluster.html`,
    refuse: async ({ input, ask }) => {
      const { taskArns } = await ask("ListTasks", { cluster: input.cluster, desiredStatus: "STOPPED" });
      if (list(taskArns).length === 0) return undefined;
      const { tasks } = await ask("DescribeTasks", { cluster: input.cluster, tasks: taskArns });
      return objects(tasks).some(({ lastStatus }) => lastStatus !== "STOPPED")
        ? "The Cluster cannot be deleted while Tasks are active."
        : undefined;
    },
  },
  {
    name: "capacity-provider-in-use",
    service,
    operations: ["PutClusterCapacityProviders"],
    code: "ResourceInUseException",
    rule: "A capacity provider that a service uses cannot be removed from its cluster.",
    source: `${reference}/API_PutClusterCapacityProviders.html`,
    refuse: async (call) => {
      const kept = list(call.input.capacityProviders);
      const used = (await servicesOf(call, call.input.cluster)).flatMap(({ capacityProviderStrategy }) =>
        objects(capacityProviderStrategy).map(({ capacityProvider }) => capacityProvider),
      );
      return used.some((provider) => !kept.includes(provider))
        ? "The specified capacity provider is in use and cannot be removed."
        : undefined;
    },
  },
  {
    name: "capacity-provider-unknown",
    service,
    operations: ["CreateCluster", "PutClusterCapacityProviders"],
    code: "InvalidParameterException",
    rule: "The capacity providers of a cluster exist; those of Fargate always do.",
    source: `${reference}/API_PutClusterCapacityProviders.html`,
    refuse: async ({ input, ask }) => {
      const used = list(input.capacityProviders).filter((name) => !/^FARGATE(_SPOT)?$/.test(text(name)));
      if (used.length === 0) return undefined;
      const { capacityProviders } = await ask("DescribeCapacityProviders", { capacityProviders: used });
      const known = objects(capacityProviders).flatMap(({ name, capacityProviderArn }) => [name, capacityProviderArn]);
      const unknown = used.find((provider) => !known.includes(provider));
      return unknown === undefined ? undefined : notFound(text(unknown));
    },
  },
  {
    name: "capacity-provider-not-in-cluster",
    service,
    operations: ["CreateService", "UpdateService", "RunTask"],
    code: "InvalidParameterException",
    rule: "A capacity provider must be associated with the cluster before a service or task uses it.",
    source: `${reference}/API_CreateService.html`,
    refuse: async ({ input, ask }) => {
      const used = objects(input.capacityProviderStrategy).map(({ capacityProvider }) => capacityProvider);
      if (used.length === 0) return undefined;
      const { clusters } = await ask("DescribeClusters", { clusters: [text(input.cluster) || "default"] });
      const associated = objects(clusters).flatMap(({ capacityProviders }) => list(capacityProviders));
      const missing = used.find((provider) => !associated.includes(provider));
      return missing === undefined ? undefined : notFound(text(missing));
    },
  },
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
];

function notFound(provider: string): string {
  return `The specified capacity provider '${provider}' was not found. Specify a valid name or ARN and try again.`;
}

/** The services of a cluster that are not deleted. */
async function servicesOf({ ask }: RuleCall, cluster: JsonObject[string]): Promise<readonly JsonObject[]> {
  const { serviceArns } = await ask("ListServices", { cluster, maxResults: 100 });
  const arns = list(serviceArns);
  const described: JsonObject[] = [];
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html: 10 services at once
  for (let start = 0; start < arns.length; start += 10) {
    const { services } = await ask("DescribeServices", { cluster, services: arns.slice(start, start + 10) });
    described.push(...objects(services));
  }
  return described;
}
