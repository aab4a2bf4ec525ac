import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { EventRule, type EventRuleProps } from "./event-rule";

export interface DeploymentFailuresProps extends Pick<EventRuleProps, "stage" | "topic" | "chat"> {
  readonly clusterArn: string;
}

/** Tells which deployment ECS gave up, and why. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export class DeploymentFailures extends EventRule {
  constructor(scope: Construct, id: string, { clusterArn, ...props }: DeploymentFailuresProps) {
    super(scope, id, {
      ...props,
      name: "failed-deployments",
      description: "Deployments that ECS gave up",
      pattern: {
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        // The event names no cluster but in the ARN of its service.
        resources: [{ prefix: Fn.join("", [Fn.replace(clusterArn, ":cluster/", ":service/"), "/"]) }],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      },
      message: {
        title: "Deployment failed",
        fields: { service: "$.resources[0]", deployment: "$.detail.deploymentId", reason: "$.detail.reason" },
      },
    });
  }
}
