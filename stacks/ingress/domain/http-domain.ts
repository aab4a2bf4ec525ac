import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import type { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import type { Construct } from "constructs";
import { ApiDomain, type ApiDomainProps } from "./api-domain";

export interface HttpDomainProps extends ApiDomainProps {
  readonly apiStage: Apigatewayv2Stage;
}

/** The domain of an HTTP API. */
export class HttpDomain extends ApiDomain {
  constructor(scope: Construct, id: string, props: HttpDomainProps) {
    const { apiStage, ipAddressType } = props;
    super(scope, id, props, (part, domainName, certificateArn) => {
      const name = new Apigatewayv2DomainName(part, "domain-name", {
        domainName,
        domainNameConfiguration: {
          certificateArn,
          endpointType: "REGIONAL",
          ipAddressType,
          securityPolicy: "TLS_1_2",
        },
      });
      new Apigatewayv2ApiMapping(part, "mapping", { domainName: name.id, apiId: apiStage.apiId, stage: apiStage.id });
      const { targetDomainName, hostedZoneId } = name.domainNameConfiguration;
      return { dnsName: targetDomainName, zoneId: hostedZoneId };
    });
  }
}
