import { Construct } from "constructs";
import { Connection, internetPeers } from "../../network/security-group";
import type { IngressKind, KindProps, LoadBalancerEndpoint, PublicNlbConfig } from "../kind";
import { internetFacing } from "../load-balancers/load-balancer";
import { NetworkLoadBalancer, TcpTarget } from "../load-balancers/network-load-balancer";
import { targetsOf, type ServiceTargets } from "../service-target";

/** An internet-facing NLB that terminates TLS on 443 for one service. */
export class PublicNlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: LoadBalancerEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"] = {};

  constructor(scope: Construct, id: string, props: KindProps<PublicNlbConfig>) {
    super(scope, id);
    const { stage, ingress, network, certificateArn } = props;
    const { vpcId } = network;
    const { ipAddressType } = ingress;
    const scheme = internetFacing(this, { stage, ingress, network });
    // Not the id of the internal NLB: a load balancer cannot change its scheme.
    const loadBalancer = new NetworkLoadBalancer(this, "public-nlb", { stage, vpcId, scheme });
    for (const from of internetPeers(ipAddressType)) {
      const to = loadBalancer.peer;
      new Connection(this, `https-from-${from.name}`, { from, to, port: 443, reason: "requests of callers" });
    }
    this.targets = targetsOf(stage, (name, service) => {
      return new TcpTarget({ stage, name, service, vpcId, loadBalancer, listenerPort: 443, certificateArn });
    });
    const listeners = this.targets.flatMap(({ target }) => target.listeners);
    this.endpoint = { kind: "load-balancer", alias: loadBalancer, listeners };
  }
}
