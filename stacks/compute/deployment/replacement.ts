import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { Deployment, WebDeployment } from "../../../schema/services/deployment";

type Shifting = Exclude<WebDeployment, { strategy: "rolling" }>;

const strategies = { "blue-green": "BLUE_GREEN", canary: "CANARY", linear: "LINEAR" } as const;

/** How ECS replaces tasks; in every case it goes back by itself when the new ones do not start. */
export function replacement(deployment: Deployment): Partial<EcsServiceConfig> {
  const always = {
    waitForSteadyState: deployment.waitForSteadyState,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  };
  if (deployment.strategy === "rolling") {
    return {
      ...always,
      deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
      deploymentMaximumPercent: deployment.maximumPercent,
      availabilityZoneRebalancing: deployment.availabilityZoneRebalancing ? "ENABLED" : "DISABLED",
    };
  }
  return {
    ...always,
    // All old tasks stay until the new ones have all the requests.
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentConfiguration: {
      strategy: strategies[deployment.strategy],
      bakeTimeInMinutes: String(deployment.bakeTimeMinutes),
      ...steps(deployment),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
function steps(deployment: Shifting) {
  switch (deployment.strategy) {
    case "blue-green":
      return {};
    case "canary":
      return {
        canaryConfiguration: {
          canaryPercent: deployment.canaryPercent,
          canaryBakeTimeInMinutes: String(deployment.canaryBakeTimeMinutes),
        },
      };
    case "linear":
      return {
        linearConfiguration: {
          stepPercent: deployment.stepPercent,
          stepBakeTimeInMinutes: String(deployment.stepBakeTimeMinutes),
        },
      };
  }
}
