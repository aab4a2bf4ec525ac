import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../config";
import type { ServiceTarget } from "../ingress/service-target";
import { imageVariable, serviceName, terraformName } from "../naming";
import type { Network } from "../network/network";
import { Flow, SecurityGroup } from "../network/security-group";
import { addOutput } from "../readable-stack";
import type { Cluster } from "./cluster";
import { Repository } from "./repository";
import { Task } from "./task";

export interface FargateServiceProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly network: Network;
  readonly cluster: Cluster;
  /** Where the load balancer sends the service's requests. */
  readonly target: ServiceTarget;
}

/** A service on Fargate behind the load balancer, with a repository for its images. */
export class FargateService extends Construct {
  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { stage, name, service, network, cluster, target } = props;
    const { deployment } = service;
    const repository = new Repository(this, "repository", { stage, service: name });
    const image = imageOf(this, name, service, repository);
    const task = new Task(this, "task", {
      stage,
      name,
      service,
      repository,
      image,
      idleTimeoutSeconds: target.idleTimeoutSeconds,
    });

    const firewall = new SecurityGroup(this, "firewall", { stage, vpcId: network.vpcId, role: name });
    const flows = network.taskEgress.map(
      (to) =>
        new Flow(this, `to-${to.name}`, { from: firewall.peer, to, port: 443, because: "images, logs, AWS APIs" }),
    );
    new Flow(this, "from-load-balancer", {
      from: target.peer,
      to: firewall.peer,
      port: service.port,
      because: "requests and health checks",
    });

    const ecsService = new EcsService(this, "service", {
      name: serviceName(stage, name),
      cluster: cluster.arn,
      taskDefinition: task.definition.arn,
      desiredCount: service.desiredCount,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
      deploymentMaximumPercent: deployment.maximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: deployment.gracePeriodSeconds,
      availabilityZoneRebalancing: deployment.zoneRebalancing ? "ENABLED" : "DISABLED",
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      networkConfiguration: {
        subnets: network.taskSubnets.subnetIds,
        securityGroups: [firewall.id],
        assignPublicIp: network.assignPublicIp,
      },
      loadBalancer: [{ targetGroupArn: target.targetGroupArn, containerName: name, containerPort: service.port }],
      // ECS refuses a target group without a listener, and starts tasks at once: they need their way out by then.
      dependsOn: [...target.listeners, ...task.prerequisites, ...flows.flatMap(({ rules }) => rules)],
    });

    const output = (what: string, value: string, description: string) => {
      addOutput(this, terraformName(name, what), { value, description: `${description} of service ${name}` });
    };
    output("service_name", ecsService.name, "ECS name");
    output("repository_url", repository.url, "ECR repository");
    output("log_group", task.logGroupName, "Log group");
  }
}

/** The pipeline's choice, else the stage file's, else what was pushed last: the first deployment needs no image yet. */
function imageOf(scope: Construct, name: string, { image }: ServiceConfig, repository: Repository): string {
  const variable = new TerraformVariable(scope, "image", {
    type: "string",
    default: "",
    description: `Image of service ${name}; empty for the one of the stage file, or ${name}'s repository with :latest`,
  });
  variable.overrideLogicalId(imageVariable(name));
  return Token.asString(Fn.coalesce([variable.stringValue, image ?? Fn.join(":", [repository.url, "latest"])]));
}
