import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import type { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Construct } from "constructs";
import type { StageConfig } from "../../../config";
import type { Domain } from "../../../config/schema/domain";
import { Certificate } from "./certificate";
import { hostNames } from "./host-names";
import { HostedZone } from "./hosted-zone";
import { Records, type Alias } from "./records";

export interface HttpDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly apiStage: Apigatewayv2Stage;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** The domain of an HTTP API: its certificate, its names, and the records that lead to them. */
export class HttpDomain extends Construct {
  public readonly url: string;

  constructor(scope: Construct, id: string, props: HttpDomainProps) {
    super(scope, id);
    const { stage, domain, apiStage, ipAddressType } = props;
    const { zoneId } = new HostedZone(this, "zone", { domain });
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId });
    const [alias, regionalAlias] = hostNames(domain, stage.region).map((domainName, index): Alias => {
      const part = new Construct(this, index === 0 ? "name" : "region");
      const name = new Apigatewayv2DomainName(part, "domain-name", {
        domainName,
        domainNameConfiguration: {
          certificateArn: certificate.arn,
          endpointType: "REGIONAL",
          ipAddressType,
          securityPolicy: "TLS_1_2",
        },
      });
      new Apigatewayv2ApiMapping(part, "mapping", { domainName: name.id, apiId: apiStage.apiId, stage: apiStage.id });
      const { targetDomainName, hostedZoneId } = name.domainNameConfiguration;
      return { dnsName: targetDomainName, zoneId: hostedZoneId };
    });
    if (alias !== undefined)
      new Records(this, "records", { stage, domain, zoneId, alias, regionalAlias, ipAddressType });
    this.url = `https://${domain.name}`;
  }
}
