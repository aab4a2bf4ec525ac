import { Construct } from "constructs";
import type { IngressConfig } from "../../../schema";
import { Connection, internetPeers } from "../../network/security-group";
import { addOutput } from "../../readable-stack";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { LoadBalancerDomain } from "../domain/load-balancer-domain";
import { NetworkLoadBalancer } from "../load-balancers/network-load-balancer";
import { internetFacing } from "../load-balancers/scheme";
import { TcpTarget } from "../load-balancers/tcp-target";
import { targetsOf, type ServiceTargets } from "../service-target";
import type { Ingress, IngressProps } from "../ingress";

/** An NLB on the internet that ends TLS on 443 for one service. */
export class PublicNlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<Extract<IngressConfig, { kind: "nlb" }>>) {
    super(scope, id);
    const { stage, ingress, network } = props;
    const { vpcId } = network;
    const { ipAddressType } = ingress;
    const scheme = internetFacing(this, { stage, ingress, network });
    const loadBalancer = new NetworkLoadBalancer(this, "nlb", { stage, vpcId, scheme });
    const { certificateArn, url, monitoringTargets } = new LoadBalancerDomain(this, "domain", {
      stage,
      domain: ingress.domain,
      ipAddressType,
      alias: loadBalancer,
    });
    for (const from of internetPeers(ipAddressType)) {
      const to = loadBalancer.peer;
      new Connection(this, `https-from-${from.name}`, { from, to, port: 443, reason: "requests of callers" });
    }
    const targetScope = new Construct(this, "targets");
    this.targets = targetsOf(stage, (name, service) => {
      const target = { stage, name, service, vpcId, loadBalancer, listenerPort: 443, certificateArn };
      return new TcpTarget(targetScope, name, target);
    });
    addOutput(this, "api_url", { value: url, description: "Base URL of the services" });
    this.monitoringTargets = { domain: monitoringTargets };
  }
}
