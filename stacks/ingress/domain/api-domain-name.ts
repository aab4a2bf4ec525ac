import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Construct } from "constructs";
import type { ApiEndpoint } from "../kind";
import type { Alias } from "./records";

export interface ApiDomainNameProps {
  readonly domainName: string;
  readonly certificateArn: string;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly endpoint: ApiEndpoint;
}

/**
 * A domain name of API Gateway, mapped to the stage of an API. It is the resource of HTTP APIs for both kinds of API, so
 * that it stays when one takes the place of the other. https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export class ApiDomainName extends Construct {
  public readonly alias: Alias;
  public readonly mapping: Apigatewayv2ApiMapping;

  constructor(scope: Construct, id: string, props: ApiDomainNameProps) {
    super(scope, id);
    const { domainName, certificateArn, ipAddressType, endpoint } = props;
    const name = new Apigatewayv2DomainName(this, "domain-name", {
      domainName,
      domainNameConfiguration: {
        certificateArn,
        endpointType: "REGIONAL",
        ipAddressType,
        securityPolicy: "TLS_1_2",
      },
      // Records lead to the old name until they are updated. Only another name replaces a domain name.
      lifecycle: { createBeforeDestroy: true },
    });
    this.mapping = new Apigatewayv2ApiMapping(this, "mapping", {
      domainName: name.id,
      apiId: endpoint.apiId,
      stage: endpoint.stageName,
    });
    const { targetDomainName, hostedZoneId } = name.domainNameConfiguration;
    this.alias = { dnsName: targetDomainName, zoneId: hostedZoneId };
  }
}
