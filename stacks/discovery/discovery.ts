import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import { webServices, type ServiceConfig, type StageConfig } from "../../schema";
import { urlVariable } from "../../schema/services/variables";
import { awslogs } from "../compute/task/container-definition";
import { portName } from "../compute/task/containers";
import { namespaceDomain, namespaceName } from "../naming";
import type { Network } from "../network/network";

export interface DiscoveryProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/** How the services of a stage find each other by name. */
export class Discovery extends Construct {
  /** The namespace of Service Connect. @default - the stage has another way, or none */
  public readonly connectNamespaceArn: string | undefined;
  /** The namespace in the VPC's DNS. @default - the stage has another way, or none */
  public readonly dnsNamespaceId: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DiscoveryProps,
  ) {
    super(scope, id);
    const { stage, network } = props;
    const description = `Services of ${stage.app} on ${stage.stage}`;
    if (stage.discovery === "service-connect") {
      const name = namespaceName(stage);
      this.connectNamespaceArn = new ServiceDiscoveryHttpNamespace(this, "namespace", { name, description }).arn;
    }
    if (stage.discovery === "cloud-map") {
      const name = namespaceDomain(stage);
      const { vpcId: vpc } = network;
      this.dnsNamespaceId = new ServiceDiscoveryPrivateDnsNamespace(this, "zone", { name, description, vpc }).id;
    }
  }

  /** Variables that say where called services are. */
  public urlsOf(calls: readonly string[]): Readonly<Record<string, string>> {
    const { stage } = this.props;
    const called = webServices(stage).filter(([name]) => calls.includes(name));
    const host = (name: string) => (stage.discovery === "cloud-map" ? `${name}.${namespaceDomain(stage)}` : name);
    return Object.fromEntries(called.map(([name, { port }]) => [urlVariable(name), `http://${host(name)}:${port}`]));
  }
}

export interface ServiceRegistrationProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly discovery: Discovery;
  /** Where Service Connect's proxy writes. */
  readonly logGroup: string;
}

/** A service's name among the others: served under it when it answers requests, and finding others when it calls them. */
export class ServiceRegistration extends Construct {
  public readonly settings: Pick<EcsServiceConfig, "serviceConnectConfiguration" | "serviceRegistries">;

  constructor(scope: Construct, id: string, props: ServiceRegistrationProps) {
    super(scope, id);
    const { connectNamespaceArn, dnsNamespaceId } = props.discovery;
    this.settings = {
      ...(connectNamespaceArn !== undefined &&
        usesServiceConnect(props.service) &&
        this.serviceConnect(props, connectNamespaceArn)),
      ...(dnsNamespaceId !== undefined && props.service.kind === "web" && this.cloudMap(props.name, dnsNamespaceId)),
    };
  }

  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html */
  private serviceConnect({ stage, name, service, logGroup }: ServiceRegistrationProps, namespace: string) {
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

  private cloudMap(name: string, namespaceId: string) {
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

function usesServiceConnect({ kind, calls }: ServiceConfig): boolean {
  return kind === "web" || calls.length > 0;
}
