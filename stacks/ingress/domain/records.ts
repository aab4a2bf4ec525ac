import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";
import { networkName, type Named } from "../../naming";
import { regionalName } from "./host-names";

/** What a name leads to. */
export interface Alias {
  readonly dnsName: string;
  readonly zoneId: string;
}

export interface RecordsProps {
  readonly stage: Named;
  readonly domain: Domain;
  readonly zoneId: string;
  readonly alias: Alias;
  /** What the regional name leads to. @default - `alias` */
  readonly regionalAlias?: Alias;
  readonly ipAddressType: "ipv4" | "dualstack";
}

/**
 * The records of a domain. A name that several stacks share has one record of each, told apart by its region, with a
 * health check that takes a failing region out of the answers.
 */
export class Records extends Construct {
  /** @default - the name leads to one stack only */
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

function policyOf(routing: Exclude<Domain["routing"], { policy: "simple" }>, region: string) {
  return routing.policy === "latency"
    ? { latencyRoutingPolicy: { region } }
    : { failoverRoutingPolicy: { type: routing.role.toUpperCase() } };
}
