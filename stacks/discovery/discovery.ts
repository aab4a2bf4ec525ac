import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import { webServices, type ServiceConfig, type StageConfig } from "../../schema";
import { urlVariable } from "../../schema/services/variables";
import { awslogs } from "../compute/task/containers";
import { portName } from "../compute/task/containers";
import { usersFirst } from "../lifecycle";
import { namespaceDomain, namespaceName } from "../naming";
import type { Network } from "../network/network";

export interface DiscoveryProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/** Service discovery of a stage, by Service Connect or by Cloud Map. */
export class Discovery extends Construct {
  /** ARN of the Service Connect namespace. @default - the stage does not use Service Connect */
  public readonly connectNamespaceArn: string | undefined;
  /** Id of the private DNS namespace. @default - the stage does not use Cloud Map */
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
      this.connectNamespaceArn = new ServiceDiscoveryHttpNamespace(this, "namespace", {
        name,
        description,
        lifecycle: usersFirst,
      }).arn;
    }
    if (stage.discovery === "cloud-map") {
      const name = namespaceDomain(stage);
      const { vpcId: vpc } = network;
      this.dnsNamespaceId = new ServiceDiscoveryPrivateDnsNamespace(this, "zone", {
        name,
        description,
        vpc,
        lifecycle: usersFirst,
      }).id;
    }
  }

  /** Environment variables with the URLs of called services. */
  public urlsOf(calls: readonly string[]): Readonly<Record<string, string>> {
    const { stage } = this.props;
    const called = webServices(stage).filter(([name]) => calls.includes(name));
    const url = (name: string, port: number) =>
      stage.discovery === "cloud-map" ? `http://${name}.${namespaceDomain(stage)}:${port}` : `http://${name}`;
    return Object.fromEntries(called.map(([name, { port }]) => [urlVariable(name), url(name, port)]));
  }
}

/** Port on which callers call a service by Service Connect: that of HTTP, whatever port the container listens on. */
const clientPort = 80;

export interface ServiceRegistrationProps {
  readonly stage: StageConfig;
  readonly name: string;
  readonly service: ServiceConfig;
  readonly discovery: Discovery;
  /** Log group of the Service Connect proxy. */
  readonly logGroup: string;
}

/** Registers a service for discovery: web services under their name, and callers as clients of Service Connect. */
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
      service: [{ portName, discoveryName: name, clientAlias: { dnsName: name, port: clientPort } }],
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
        // Short, so that callers soon stop using the address of a stopped task.
        dnsRecords: [{ type: "A", ttl: 10 }],
      },
      // ECS reports the health of tasks. Without the threshold, every plan would replace the resource.
      healthCheckCustomConfig: { failureThreshold: 1 },
      forceDestroy: true,
      lifecycle: usersFirst,
    });
    return { serviceRegistries: { registryArn: registry.arn } };
  }
}

function usesServiceConnect({ kind, calls }: ServiceConfig): boolean {
  return kind === "web" || calls.length > 0;
}
