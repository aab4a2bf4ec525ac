import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import type { Construct } from "constructs";
import { ApiDomain, type ApiDomainProps } from "./api-domain";

export interface RestDomainProps extends ApiDomainProps {
  readonly apiStage: ApiGatewayStage;
}

/** The domain of a REST API. */
export class RestDomain extends ApiDomain {
  constructor(scope: Construct, id: string, props: RestDomainProps) {
    const { apiStage, ipAddressType } = props;
    super(scope, id, props, (part, domainName, certificateArn) => {
      const name = new ApiGatewayDomainName(part, "domain-name", {
        domainName,
        regionalCertificateArn: certificateArn,
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
  }
}
