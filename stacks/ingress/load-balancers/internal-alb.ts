import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Network } from "../../network/network";
import { Connection, type Peer } from "../../network/security-group";
import { targetsOf, type ServiceTargets } from "../service-target";
import { ApplicationLoadBalancer, HttpListener } from "./application-load-balancer";
import { HttpTarget } from "./http-target";

export interface InternalAlbProps {
  readonly stage: StageConfig;
  readonly network: Network;
  /** Source of the requests. */
  readonly from: Peer;
  /** Certificate for HTTPS. @default - the listener uses HTTP */
  readonly certificateArn?: string;
}

/** An internal ALB that routes requests of an API to the services. */
export class InternalAlb extends Construct {
  public readonly arn: string;
  public readonly dnsName: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly listener: HttpListener;
  public readonly targets: ServiceTargets;

  constructor(scope: Construct, id: string, props: InternalAlbProps) {
    super(scope, id);
    const { stage, network, from, certificateArn } = props;
    const { vpcId } = network;
    const loadBalancer = new ApplicationLoadBalancer(this, "lb", {
      stage,
      vpcId,
      scheme: { kind: "internal", subnets: network.taskSubnets },
    });
    this.listener = new HttpListener(this, "listener", { loadBalancer, certificateArn });
    new Connection(this, `from-${from.name}`, {
      from,
      to: loadBalancer.peer,
      port: this.listener.listenerPort,
      reason: "requests to the services",
    });
    const targetScope = new Construct(this, "targets");
    const rules = new Construct(this, "rules");
    this.targets = targetsOf(stage, (name, service) => {
      const listenerArn = this.listener.arn;
      return new HttpTarget(targetScope, name, { stage, name, service, vpcId, loadBalancer, listenerArn, rules });
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.metricName = loadBalancer.metricName;
  }
}
