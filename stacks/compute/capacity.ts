import type { Capacity } from "../../schema/services/task";

/** The capacity providers of Fargate, which every cluster is given. */
export const capacityProviders = ["FARGATE", "FARGATE_SPOT"];

/** How a service's tasks are spread over capacity providers. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
export function capacityStrategy(capacity: Capacity) {
  const [onDemand = "", spot = ""] = capacityProviders;
  switch (capacity.mode) {
    case "on-demand":
      return [{ capacityProvider: onDemand, base: 0, weight: 1 }];
    case "spot":
      return [{ capacityProvider: spot, base: 0, weight: 1 }];
    case "mixed":
      return [
        { capacityProvider: onDemand, base: capacity.onDemandBase, weight: 0 },
        { capacityProvider: spot, base: 0, weight: 1 },
      ];
  }
}
