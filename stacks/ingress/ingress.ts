import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { signInHosts } from "../../schema/hosts";
import type { DataServices } from "../data/data-services";
import { UserPool } from "../identity/user-pool";
import type { IngressMonitoringTargets } from "../monitoring/monitoring-target";
import type { Network } from "../network/network";
import { addOutput } from "../readable-stack";
import { IngressDomain } from "./domain/domain";
import type { Records } from "./domain/records";
import type { Endpoint } from "./kind";
import { createKind } from "./kinds/create-kind";
import type { OwnPaths } from "./rest-api/document";
import type { ServiceTargets } from "./service-target";
import { WebAcl } from "./web-acl/web-acl";

export interface IngressProps {
  readonly stage: StageConfig;
  readonly network: Network;
  readonly dataServices: DataServices;
}

/**
 * The ingress of a stage: what receives its callers' requests and forwards them to its services. User pool, domain and
 * web ACL are not part of its kind, so they stay when the stage file chooses another kind.
 */
export class Ingress extends Construct {
  /** The REST API, for paths of your own. @default - the ingress is of another kind */
  public readonly api: OwnPaths | undefined;
  public readonly targets: ServiceTargets;
  public readonly monitoringTargets: IngressMonitoringTargets;
  private readonly records: Records | undefined;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const { stage } = props;
    const { ingress } = stage;
    const userPool = this.userPool(stage);
    const domain = ingress.domain && new IngressDomain(this, "domain", { stage, domain: ingress.domain });
    const webAcl = this.webAcl(stage);
    const { api, endpoint, targets, monitoringTargets } = createKind(this, "kind", {
      ...props,
      userPool,
      certificateArn: domain?.certificate.arn,
    });
    if (endpoint.webAclResourceArn !== undefined) webAcl?.associate(endpoint.webAclResourceArn);
    const { ipAddressType } = ingress;
    this.records = ingress.domain && domain?.leadTo({ stage, domain: ingress.domain, ipAddressType, endpoint });
    const url = domain?.url ?? urlOf(endpoint);
    addOutput(this, "api_url", { value: url, description: "Base URL of the services" });
    this.api = api;
    this.targets = targets;
    this.monitoringTargets = {
      ...monitoringTargets,
      webAcl: webAcl?.monitoringTargets,
      domain: domain && {
        certificateArn: domain.certificate.createdArn,
        healthCheckId: this.records?.healthCheckId,
      },
    };
  }

  /** Lets the records of the domain wait for the services, so that a name moves to what serves already. */
  public recordsAfter(services: readonly ITerraformDependable[]): void {
    this.records?.waitFor(services);
  }

  private userPool(stage: StageConfig): UserPool | undefined {
    const { ingress } = stage;
    if (!("authorization" in ingress) || ingress.authorization === undefined) return undefined;
    return new UserPool(this, "user-pool", {
      stage,
      ...ingress.authorization,
      ...(ingress.kind === "alb" && { loadBalancerHosts: signInHosts(stage, ingress.domain) }),
    });
  }

  private webAcl(stage: StageConfig): WebAcl | undefined {
    const { ingress } = stage;
    if (!("waf" in ingress) || ingress.waf === undefined) return undefined;
    const uploads = ingress.kind === "rest-api" ? ingress.uploads : undefined;
    return new WebAcl(this, "web-acl", { stage, waf: ingress.waf, uploads });
  }
}

function urlOf(endpoint: Endpoint): string {
  if (endpoint.kind === "api") return endpoint.url;
  throw new Error("a load balancer needs a domain; the schema accepted a stage file without one");
}
