import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Domain } from "../../../schema/domain";
import type { DomainMonitoringTarget } from "../../monitoring/monitoring-target";
import { Certificate } from "./certificate";
import { hostNames } from "./host-names";
import { HostedZone } from "./hosted-zone";
import { Records, type Alias } from "./records";

export interface ApiDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** Gives an API one of its names, below `part`. */
export type AddName = (part: Construct, domainName: string, certificateArn: string) => Alias;

/** The domain of an API: its certificate, its names, and the records that lead to them. */
export class ApiDomain extends Construct {
  public readonly url: string;
  public readonly monitoringTargets: DomainMonitoringTarget;

  constructor(scope: Construct, id: string, props: ApiDomainProps, addName: AddName) {
    super(scope, id);
    const { stage, domain } = props;
    const { zoneId } = new HostedZone(this, "zone", { domain });
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId });
    const [alias, regionalAlias] = hostNames(domain, stage.region).map((domainName, index) =>
      addName(new Construct(this, index === 0 ? "main" : "regional"), domainName, certificate.arn),
    );
    const records = alias && new Records(this, "records", { ...props, zoneId, alias, regionalAlias });
    this.monitoringTargets = { certificateArn: certificate.createdArn, healthCheckId: records?.healthCheckId };
    this.url = `https://${domain.name}`;
  }
}
