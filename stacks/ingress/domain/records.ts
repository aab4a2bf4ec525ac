import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";
import { networkName, type Named } from "../../naming";

/** Target of an alias record. */
export interface Alias {
  readonly dnsName: string;
  readonly zoneId: string;
}

export interface RecordsProps {
  readonly stage: Named;
  readonly domain: Domain;
  readonly zoneId: string;
  readonly alias: Alias;
  /** Target of the regional name. @default - `alias` */
  readonly regionalAlias?: Alias;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/**
 * The records of a domain. Stacks that share a name have one record each, identified by the region, with a health check
 * that excludes a failing region.
 */
export class Records extends Construct {
  /** @default - only one stack uses the name */
  public readonly healthCheckId: string | undefined;

  constructor(scope: Construct, id: string, props: RecordsProps) {
    super(scope, id);
    const { stage, domain, alias, regionalAlias = alias } = props;
    if (domain.routing.policy === "simple") {
      this.add("main", props, domain.name, alias);
      return;
    }
    const fqdn = regionalName(domain, stage.region);
    this.add("regional", props, fqdn, regionalAlias);
    const healthCheck = new Route53HealthCheck(this, "health", {
      type: "HTTPS",
      fqdn,
      port: 443,
      resourcePath: domain.routing.healthCheckPath,
      enableSni: true,
      requestInterval: 30,
      failureThreshold: 3,
      tags: { Name: networkName(stage, `health-${stage.region}`) },
    });
    this.healthCheckId = healthCheck.id;
    this.add("main", props, domain.name, alias, {
      setIdentifier: stage.region,
      healthCheckId: healthCheck.id,
      ...policyOf(domain.routing, stage.region),
    });
  }

  private add(id: string, props: RecordsProps, name: string, alias: Alias, routing: object = {}): void {
    const types = props.ipAddressType === "dualstack" ? ["A", "AAAA"] : ["A"];
    for (const type of types) {
      new Route53Record(this, `${id}-${type.toLowerCase()}`, {
        zoneId: props.zoneId,
        name,
        type,
        alias: { name: alias.dnsName, zoneId: alias.zoneId, evaluateTargetHealth: true },
        ...routing,
      });
    }
  }
}

/** All host names of the stack. */
export function hostNames(domain: Domain, region: string): [string, ...string[]] {
  return domain.routing.policy === "simple" ? [domain.name] : [domain.name, regionalName(domain, region)];
}

function policyOf(routing: Exclude<Domain["routing"], { policy: "simple" }>, region: string) {
  return routing.policy === "latency"
    ? { latencyRoutingPolicy: { region } }
    : { failoverRoutingPolicy: { type: routing.role.toUpperCase() } };
}

/** Host name of one of the regions that share a domain, for its health check. */
function regionalName({ name }: Domain, region: string): string {
  return `${region}.${name}`;
}
