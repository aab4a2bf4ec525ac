import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Construct } from "constructs";
import type { StageConfig } from "../../../config";
import type { Domain } from "../../../config/schema/domain";
import { Certificate } from "./certificate";
import { hostNames } from "./host-names";
import { HostedZone } from "./hosted-zone";
import { Records, type Alias } from "./records";

export interface RestDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly apiStage: ApiGatewayStage;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** The domain of a REST API: its certificate, its names, and the records that lead to them. */
export class RestDomain extends Construct {
  public readonly url: string;

  constructor(scope: Construct, id: string, props: RestDomainProps) {
    super(scope, id);
    const { stage, domain, apiStage, ipAddressType } = props;
    const { zoneId } = new HostedZone(this, "zone", { domain });
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId });
    const [alias, regionalAlias] = hostNames(domain, stage.region).map((domainName, index): Alias => {
      const part = new Construct(this, index === 0 ? "name" : "region");
      const name = new ApiGatewayDomainName(part, "domain-name", {
        domainName,
        regionalCertificateArn: certificate.arn,
        endpointConfiguration: { types: ["REGIONAL"], ipAddressType },
        securityPolicy: "TLS_1_2",
      });
      new ApiGatewayBasePathMapping(part, "mapping", {
        domainName: name.domainName,
        apiId: apiStage.restApiId,
        stageName: apiStage.stageName,
      });
      return { dnsName: name.regionalDomainName, zoneId: name.regionalZoneId };
    });
    if (alias !== undefined)
      new Records(this, "records", { stage, domain, zoneId, alias, regionalAlias, ipAddressType });
    this.url = `https://${domain.name}`;
  }
}
