import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Domain } from "../../../schema/domain";
import type { DomainMonitoringTarget } from "../../monitoring/monitoring-target";
import { Certificate } from "./certificate";
import { HostedZone } from "./hosted-zone";
import { Records, type Alias } from "./records";

export interface LoadBalancerDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly ipAddressType: "ipv4" | "dualstack";
  /** The load balancer. */
  readonly alias: Alias;
}

/** The domain of a load balancer: the certificate for its listener, and the records that lead to it. */
export class LoadBalancerDomain extends Construct {
  public readonly certificateArn: string;
  public readonly url: string;
  public readonly monitoringTargets: DomainMonitoringTarget;

  constructor(scope: Construct, id: string, props: LoadBalancerDomainProps) {
    super(scope, id);
    const { stage, domain } = props;
    const { zoneId } = new HostedZone(this, "zone", { domain });
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId });
    const { healthCheckId } = new Records(this, "records", { ...props, zoneId });
    this.certificateArn = certificate.arn;
    this.monitoringTargets = { certificateArn: certificate.createdArn, healthCheckId };
    this.url = `https://${domain.name}`;
  }
}
