import { Construct } from "constructs";
import type { IngressMonitoringTargets } from "../../monitoring/monitoring-target";
import { Connection, internetPeers } from "../../network/security-group";
import { addOutput } from "../../readable-stack";
import { LoadBalancerDomain } from "../domain/domain";
import type { Ingress, IngressProps, PublicNlbConfig } from "../ingress";
import { internetFacing } from "../load-balancers/load-balancer";
import { NetworkLoadBalancer, TcpTarget } from "../load-balancers/network-load-balancer";
import { targetsOf, type ServiceTargets } from "../service-target";

/** An internet-facing NLB that terminates TLS on 443 for one service. */
export class PublicNlb extends Construct implements Ingress {
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;

  constructor(scope: Construct, id: string, props: IngressProps<PublicNlbConfig>) {
    super(scope, id);
    const { stage, ingress, network } = props;
    const { vpcId } = network;
    const { ipAddressType } = ingress;
    const scheme = internetFacing(this, { stage, ingress, network });
    // Not the id of the internal NLB: a load balancer cannot change its scheme.
    const loadBalancer = new NetworkLoadBalancer(this, "public-nlb", { stage, vpcId, scheme });
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
    this.targets = targetsOf(stage, (name, service) => {
      return new TcpTarget({ stage, name, service, vpcId, loadBalancer, listenerPort: 443, certificateArn });
    });
    addOutput(this, "api_url", { value: url, description: "Base URL of the services" });
    this.monitoringTargets = { domain: monitoringTargets };
  }
}
