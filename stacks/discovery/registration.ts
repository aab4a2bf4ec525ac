import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import type { ServiceConfig, StageConfig } from "../../schema";
import { awslogs } from "../compute/containers/parts";
import { portName } from "../compute/containers/service-container";
import type { Discovery } from "./discovery";

export interface RegistrationProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly discovery: Discovery;
  /** Where Service Connect's proxy writes. */
  readonly logGroup: string;
}

/** A service's name among the others: served under it when it answers requests, and finding others when it calls them. */
export class Registration extends Construct {
  public readonly settings: Pick<EcsServiceConfig, "serviceConnectConfiguration" | "serviceRegistries">;

  constructor(scope: Construct, id: string, props: RegistrationProps) {
    super(scope, id);
    const { connectNamespaceArn, dnsNamespaceId } = props.discovery;
    this.settings = {
      ...(connectNamespaceArn !== undefined && takesPart(props.service) && this.connected(props, connectNamespaceArn)),
      ...(dnsNamespaceId !== undefined && props.service.kind === "web" && this.registered(props.name, dnsNamespaceId)),
    };
  }

  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html */
  private connected({ stage, name, service, logGroup }: RegistrationProps, namespace: string) {
    const served = service.kind === "web" && {
      service: [{ portName, discoveryName: name, clientAlias: { dnsName: name, port: service.port } }],
    };
    return {
      serviceConnectConfiguration: {
        enabled: true,
        namespace,
        logConfiguration: awslogs({ group: logGroup, region: stage.region }, "service-connect"),
        ...served,
      },
    };
  }

  private registered(name: string, namespaceId: string) {
    const registry = new ServiceDiscoveryService(this, "name", {
      name,
      dnsConfig: {
        namespaceId,
        routingPolicy: "MULTIVALUE",
        // Short, so that callers soon forget a task that has stopped.
        dnsRecords: [{ type: "A", ttl: 10 }],
      },
      // ECS itself reports which tasks are well. Without the number, every plan would replace the name.
      healthCheckCustomConfig: { failureThreshold: 1 },
      forceDestroy: true,
    });
    return { serviceRegistries: { registryArn: registry.arn } };
  }
}

function takesPart({ kind, calls }: ServiceConfig): boolean {
  return kind === "web" || calls.length > 0;
}
