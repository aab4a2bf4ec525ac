import type { IngressConfig, StageConfig } from "../../schema";
import type { DataServices } from "../data/data-services";
import type { IngressMonitoringTargets } from "../monitoring/monitoring-target";
import type { Network } from "../network/network";
import type { RestApi } from "./rest-api/rest-api";
import type { ServiceTargets } from "./service-target";

/** The ingress of a stage: what receives its callers' requests and forwards them to its services. */
export interface Ingress {
  /** The REST API, for paths of your own. @default - the ingress is of another kind */
  readonly api?: RestApi;
  readonly targets: ServiceTargets;
  readonly monitoringTargets: IngressMonitoringTargets;
}

/** What every kind of ingress is made from. */
export interface IngressProps<Config extends IngressConfig = IngressConfig> {
  readonly stage: StageConfig;
  readonly ingress: Config;
  readonly network: Network;
  readonly dataServices: DataServices;
}

/** What a stage file says about each kind of ingress. */
export type RestApiConfig = Extract<IngressConfig, { kind: "rest-api" }>;
export type HttpApiConfig = Extract<IngressConfig, { kind: "http-api" }>;
export type PublicAlbConfig = Extract<IngressConfig, { kind: "alb" }>;
export type PublicNlbConfig = Extract<IngressConfig, { kind: "nlb" }>;
