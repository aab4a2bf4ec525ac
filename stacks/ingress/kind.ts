import type { ITerraformDependable } from "cdktf";
import type { IngressConfig, StageConfig } from "../../schema";
import type { DataServices } from "../data/data-services";
import type { UserPool } from "../identity/user-pool";
import type { IngressMonitoringTargets } from "../monitoring/monitoring-target";
import type { Network } from "../network/network";
import type { Alias } from "./domain/records";
import type { OwnPaths } from "./rest-api/document";
import type { ServiceTargets } from "./service-target";

/** A kind of ingress: an API, or a load balancer. */
export interface IngressKind {
  /** @default - the kind is not a REST API */
  readonly api?: OwnPaths;
  readonly targets: ServiceTargets;
  readonly endpoint: Endpoint;
  readonly monitoringTargets: Pick<IngressMonitoringTargets, "api" | "loadBalancer">;
}

/** What receives the requests of callers. */
export type Endpoint = ApiEndpoint | LoadBalancerEndpoint;

/** A stage of an API, to which domain names are mapped. */
export interface ApiEndpoint {
  readonly kind: "api";
  readonly apiId: string;
  readonly stageName: string;
  /** URL of the API without a domain. */
  readonly url: string;
  /** ARN of the stage for a web ACL. @default - an HTTP API cannot have one */
  readonly webAclResourceArn?: string;
}

/** A load balancer, to which records lead. */
export interface LoadBalancerEndpoint {
  readonly kind: "load-balancer";
  readonly alias: Alias;
  /** Listeners with the certificate of the domain. */
  readonly listeners: readonly ITerraformDependable[];
  /** ARN of an ALB for a web ACL. @default - an NLB cannot have one */
  readonly webAclResourceArn?: string;
}

/** What every kind of ingress is made from. */
export interface KindProps<Config extends IngressConfig = IngressConfig> {
  readonly stage: StageConfig;
  readonly ingress: Config;
  readonly network: Network;
  readonly dataServices: DataServices;
  /** @default - every route is public */
  readonly userPool: UserPool | undefined;
  /** Certificate of the domain. @default - an API without a domain */
  readonly certificateArn: string | undefined;
}

/** What a stage file says about each kind of ingress. */
export type RestApiConfig = Extract<IngressConfig, { kind: "rest-api" }>;
export type HttpApiConfig = Extract<IngressConfig, { kind: "http-api" }>;
export type PublicAlbConfig = Extract<IngressConfig, { kind: "alb" }>;
export type PublicNlbConfig = Extract<IngressConfig, { kind: "nlb" }>;
