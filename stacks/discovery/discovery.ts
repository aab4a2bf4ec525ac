import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { Construct } from "constructs";
import { webServices, type StageConfig } from "../../schema";
import { urlVariable } from "../../schema/services/variables";
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
