import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";
import { hashOf, networkName, type Named } from "../../naming";

/** Target of an alias record. */
export interface Alias {
  readonly dnsName: string;
  readonly zoneId: string;
}

export interface RecordsProps {
  readonly stage: Named;
  readonly domain: Domain;
  readonly zoneId: string;
  /** Further hosts with the routing of the name. @default - none */
  readonly hosts?: readonly string[];
  readonly alias: Alias;
  /** Target of the regional name. @default - `alias` */
  readonly regionalAlias?: Alias;
  readonly ipAddressType: "ipv4" | "dualstack";
  /** What must serve the names before the records lead to it. */
  readonly target: RecordTarget;
}

/** Listeners of a load balancer, or mappings of the domain names of an API. */
export type RecordTarget =
  | { readonly kind: "listeners"; readonly listeners: readonly ITerraformDependable[] }
  | { readonly kind: "mappings"; readonly mappings: readonly ITerraformDependable[] };

/**
 * The records of a domain. Stacks that share a name have one record each, identified by the region, with a health check
 * that excludes a failing region.
 */
export class Records extends Construct {
  /** @default - only one stack uses the name */
  public readonly healthCheckId: string | undefined;
  /** The records that wait for services. */
  private readonly waiting: Route53Record[] = [];

  constructor(scope: Construct, id: string, props: RecordsProps) {
    super(scope, id);
    const { stage, domain, hosts = [], alias, regionalAlias = alias } = props;
    if (domain.routing.policy === "simple") {
      this.add("main", props, domain.name, alias);
      for (const host of hosts) this.add(hostId(host), props, host, alias);
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
      // The record refers to it until it is updated.
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: networkName(stage, `health-${stage.region}`) },
    });
    this.healthCheckId = healthCheck.id;
    const routing = {
      setIdentifier: stage.region,
      healthCheckId: healthCheck.id,
      ...policyOf(domain.routing, stage.region),
    };
    this.add("main", props, domain.name, alias, routing);
    for (const host of hosts) this.add(hostId(host), props, host, alias, routing);
  }

  /**
   * Lets the records that lead to an API wait for the services behind it. Those of a load balancer do not: what a resource
   * with `create_before_destroy` depends on gets it as well, and a service, whose name is fixed, must not be created twice.
   */
  public waitFor(services: readonly ITerraformDependable[]): void {
    for (const record of this.waiting) {
      record.dependsOn = [...(record.dependsOn ?? []), ...services.map(dependable)];
    }
  }

  private add(id: string, props: RecordsProps, name: string, alias: Alias, routing: object = {}): void {
    const types = props.ipAddressType === "dualstack" ? ["A", "AAAA"] : ["A"];
    for (const type of types) {
      const record = new Route53Record(this, `${id}-${type.toLowerCase()}`, {
        zoneId: props.zoneId,
        name,
        type,
        alias: { name: alias.dnsName, zoneId: alias.zoneId, evaluateTargetHealth: true },
        ...routing,
        ...orderOf(props.target),
      });
      if (props.target.kind === "mappings") this.waiting.push(record);
    }
  }
}

/**
 * The old name of a load balancer leads to it until the new one does. A mapping must be deleted before another of its path
 * is made, so it must not get `create_before_destroy` from a record.
 */
function orderOf(target: RecordTarget) {
  return target.kind === "listeners"
    ? { dependsOn: [...target.listeners], lifecycle: { createBeforeDestroy: true } }
    : { dependsOn: [...target.mappings] };
}

/** The domain's name, and that of the region if there are several. */
export function hostNames(domain: Domain, region: string): [string, ...string[]] {
  return domain.routing.policy === "simple" ? [domain.name] : [domain.name, regionalName(domain, region)];
}

/** Construct id of a host; names that differ have different ones. */
export function hostId(host: string): string {
  const words = host.split(/[^a-z0-9]+/).filter((word) => word !== "");
  return ["host", ...words, ...(words.join(".") === host ? [] : [hashOf(host)])].join("-");
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
