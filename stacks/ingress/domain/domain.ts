import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import type { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Domain } from "../../../schema/domain";
import { servedHosts } from "../../../schema/hosts";
import type { DomainMonitoringTarget } from "../../monitoring/monitoring-target";
import { Certificate } from "./certificate";
import { hostNames, Records, type Alias } from "./records";

export interface ApiDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/** Adds one of the domain names of an API below `nameScope`. */
type AddName = (nameScope: Construct, domainName: string, certificateArn: string) => Alias;

/** The domain of an API: its certificate, its domain names, and their records. */
class ApiDomain extends Construct {
  public readonly url: string;
  public readonly monitoringTargets: DomainMonitoringTarget;

  constructor(scope: Construct, id: string, props: ApiDomainProps, addName: AddName) {
    super(scope, id);
    const { stage, domain } = props;
    const zoneId = hostedZoneId(this, domain);
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId });
    const [alias, regionalAlias] = hostNames(domain, stage.region).map((domainName, index) =>
      addName(new Construct(this, index === 0 ? "main" : "regional"), domainName, certificate.arn),
    );
    const records = alias && new Records(this, "records", { ...props, zoneId, alias, regionalAlias });
    this.monitoringTargets = { certificateArn: certificate.createdArn, healthCheckId: records?.healthCheckId };
    this.url = `https://${domain.name}`;
  }
}

export interface RestDomainProps extends ApiDomainProps {
  readonly apiStage: ApiGatewayStage;
}

/** The domain of a REST API. */
export class RestDomain extends ApiDomain {
  constructor(scope: Construct, id: string, props: RestDomainProps) {
    const { apiStage, ipAddressType } = props;
    super(scope, id, props, (nameScope, domainName, certificateArn) => {
      const name = new ApiGatewayDomainName(nameScope, "domain-name", {
        domainName,
        regionalCertificateArn: certificateArn,
        endpointConfiguration: { types: ["REGIONAL"], ipAddressType },
        securityPolicy: "TLS_1_2",
      });
      new ApiGatewayBasePathMapping(nameScope, "mapping", {
        domainName: name.domainName,
        apiId: apiStage.restApiId,
        stageName: apiStage.stageName,
      });
      return { dnsName: name.regionalDomainName, zoneId: name.regionalZoneId };
    });
  }
}

export interface HttpDomainProps extends ApiDomainProps {
  readonly apiStage: Apigatewayv2Stage;
}

/** The domain of an HTTP API. */
export class HttpDomain extends ApiDomain {
  constructor(scope: Construct, id: string, props: HttpDomainProps) {
    const { apiStage, ipAddressType } = props;
    super(scope, id, props, (nameScope, domainName, certificateArn) => {
      const name = new Apigatewayv2DomainName(nameScope, "domain-name", {
        domainName,
        domainNameConfiguration: {
          certificateArn,
          endpointType: "REGIONAL",
          ipAddressType,
          securityPolicy: "TLS_1_2",
        },
      });
      new Apigatewayv2ApiMapping(nameScope, "mapping", {
        domainName: name.id,
        apiId: apiStage.apiId,
        stage: apiStage.id,
      });
      const { targetDomainName, hostedZoneId } = name.domainNameConfiguration;
      return { dnsName: targetDomainName, zoneId: hostedZoneId };
    });
  }
}

export interface LoadBalancerDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
  readonly ipAddressType: "ipv4" | "dualstack";
  /** The load balancer. */
  readonly alias: Alias;
}

/** The domain of a load balancer: the certificate for its listener, and its records. */
export class LoadBalancerDomain extends Construct {
  public readonly certificateArn: string;
  public readonly url: string;
  public readonly monitoringTargets: DomainMonitoringTarget;

  constructor(scope: Construct, id: string, props: LoadBalancerDomainProps) {
    super(scope, id);
    const { stage, domain } = props;
    const zoneId = hostedZoneId(this, domain);
    const names = hostNames(domain, stage.region);
    const hosts = servedHosts(stage, domain).filter((host) => !names.includes(host));
    const certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId, hosts });
    const { healthCheckId } = new Records(this, "records", { ...props, zoneId, hosts });
    this.certificateArn = certificate.arn;
    this.monitoringTargets = { certificateArn: certificate.createdArn, healthCheckId };
    this.url = `https://${domain.name}`;
  }
}

/** Id of the public hosted zone of a domain, which must exist before the stack. */
function hostedZoneId(scope: Construct, domain: Domain): string {
  return new DataAwsRoute53Zone(scope, "zone", { name: domain.hostedZone, privateZone: false }).zoneId;
}
