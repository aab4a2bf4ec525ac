import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Domain } from "../../../schema/domain";
import { servedHosts } from "../../../schema/hosts";
import type { Endpoint } from "../kind";
import { ApiDomainName } from "./api-domain-name";
import { Certificate } from "./certificate";
import { hostNames, Records } from "./records";

export interface IngressDomainProps {
  readonly stage: StageConfig;
  readonly domain: Domain;
}

export interface LeadToProps extends IngressDomainProps {
  readonly ipAddressType: "ipv4" | "dualstack";
  /** What the names lead to. */
  readonly endpoint: Endpoint;
}

/** The domain of a stage: its certificate, and its names, which lead to an API or a load balancer. */
export class IngressDomain extends Construct {
  public readonly certificate: Certificate;
  public readonly url: string;
  private readonly zoneId: string;
  /** Hosts of routes, beside the names of the domain. */
  private readonly hosts: readonly string[];

  constructor(scope: Construct, id: string, props: IngressDomainProps) {
    super(scope, id);
    const { stage, domain } = props;
    // The public hosted zone must exist before the stack.
    const zone = new DataAwsRoute53Zone(this, "zone", { name: domain.hostedZone, privateZone: false });
    this.zoneId = zone.zoneId;
    const names = hostNames(domain, stage.region);
    this.hosts = servedHosts(stage, domain).filter((host) => !names.includes(host));
    const { zoneId, hosts } = this;
    this.certificate = new Certificate(this, "certificate", { domain, region: stage.region, zoneId, hosts });
    this.url = `https://${domain.name}`;
  }

  /** Adds the records of the domain, and its domain names when they lead to an API. */
  public leadTo(props: LeadToProps): Records {
    const { stage, domain, ipAddressType, endpoint } = props;
    const common = { stage, domain, ipAddressType, zoneId: this.zoneId };
    if (endpoint.kind === "load-balancer") {
      const { alias, listeners } = endpoint;
      return new Records(this, "records", {
        ...common,
        hosts: this.hosts,
        alias,
        target: { kind: "listeners", listeners },
      });
    }
    const add = (id: string, domainName: string) =>
      new ApiDomainName(this, id, { domainName, certificateArn: this.certificate.arn, ipAddressType, endpoint });
    const [mainName, regionalName] = hostNames(domain, stage.region);
    const main = add("main", mainName);
    const regional = regionalName === undefined ? undefined : add("regional", regionalName);
    return new Records(this, "records", {
      ...common,
      alias: main.alias,
      ...(regional !== undefined && { regionalAlias: regional.alias }),
      target: {
        kind: "mappings",
        mappings: [main, regional].flatMap((name) => name?.mapping ?? []),
      },
    });
  }
}
