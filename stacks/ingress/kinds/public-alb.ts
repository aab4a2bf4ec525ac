import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import type { Route } from "../../../schema/route";
import { Connection, internetPeers } from "../../network/security-group";
import type { IngressKind, KindProps, LoadBalancerEndpoint, PublicAlbConfig } from "../kind";
import { ApplicationLoadBalancer, HttpListener } from "../load-balancers/application-load-balancer";
import { HttpTarget } from "../load-balancers/http-target";
import { internetFacing } from "../load-balancers/load-balancer";
import { targetsOf, type ServiceTargets } from "../service-target";

/** An internet-facing ALB: HTTPS on 443, a redirect on 80, and 404 for requests that match no route. */
export class PublicAlb extends Construct implements IngressKind {
  public readonly targets: ServiceTargets;
  public readonly endpoint: LoadBalancerEndpoint;
  public readonly monitoringTargets: IngressKind["monitoringTargets"];

  constructor(scope: Construct, id: string, props: KindProps<PublicAlbConfig>) {
    super(scope, id);
    const { stage, ingress, network, certificateArn } = props;
    const { vpcId } = network;
    const { ipAddressType, idleTimeoutSeconds } = ingress;
    const scheme = internetFacing(this, { stage, ingress, network });
    // Not the id of the internal ALB: a load balancer cannot change its scheme.
    const alb = new Construct(this, "public-alb");
    const loadBalancer = new ApplicationLoadBalancer(alb, "lb", { stage, vpcId, scheme, idleTimeoutSeconds });
    const listener = new HttpListener(alb, "listener", { loadBalancer, certificateArn });
    redirect(alb, loadBalancer);
    for (const from of internetPeers(ipAddressType)) {
      const to = loadBalancer.peer;
      new Connection(this, `https-from-${from.name}`, { from, to, port: 443, reason: "requests of callers" });
      new Connection(this, `http-from-${from.name}`, { from, to, port: 80, reason: "callers who are sent to HTTPS" });
    }
    const beforeForward = this.signIn(props, loadBalancer);
    const targetScope = new Construct(alb, "targets");
    const rules = new Construct(alb, "rules");
    this.targets = targetsOf(stage, (name, service) => {
      const target = { stage, name, service, vpcId, loadBalancer, listenerArn: listener.arn, rules, beforeForward };
      return new HttpTarget(targetScope, name, target);
    });
    this.endpoint = {
      kind: "load-balancer",
      alias: loadBalancer,
      listeners: [listener],
      webAclResourceArn: loadBalancer.arn,
    };
    this.monitoringTargets = { loadBalancer: loadBalancer.metricName };
  }

  /** Authenticates users with Cognito, except on public routes. */
  private signIn({ userPool }: KindProps<PublicAlbConfig>, loadBalancer: ApplicationLoadBalancer) {
    if (userPool === undefined) return undefined;
    const { arn: userPoolArn, loadBalancer: client } = userPool;
    if (client === undefined)
      throw new Error(
        "an existing user pool must have a domain for an ALB; the schema accepted a stage file without one",
      );
    for (const to of internetPeers("ipv4")) {
      new Connection(this, `cognito-on-${to.name}`, {
        from: loadBalancer.peer,
        to,
        port: 443,
        reason: "tokens of Cognito",
      });
    }
    const action: LbListenerRuleAction = {
      type: "authenticate-cognito",
      authenticateCognito: { userPoolArn, userPoolClientId: client.clientId, userPoolDomain: client.domain },
    };
    return (route: Route) => (route.public === true ? [] : [action]);
  }
}

function redirect(scope: Construct, { arn: loadBalancerArn }: ApplicationLoadBalancer): void {
  new LbListener(scope, "redirect", {
    loadBalancerArn,
    port: 80,
    protocol: "HTTP",
    defaultAction: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
    // A replacement belongs to another load balancer.
    lifecycle: { createBeforeDestroy: true },
  });
}
