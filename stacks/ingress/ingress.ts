import type { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { DataServices } from "../data/data-services";
import type { Network } from "../network/network";
import type { IngressMonitoringTargets } from "../monitoring/monitoring-target";
import type { ServiceTargets } from "./service-target";
import { HttpApiViaAlb } from "./kinds/http-api-via-alb";
import { PublicAlb } from "./kinds/public-alb";
import { PublicNlb } from "./kinds/public-nlb";
import { RestApiViaAlb } from "./kinds/rest-api-via-alb";
import { RestApiViaNlb } from "./kinds/rest-api-via-nlb";
import { RestApiViaNlbAndAlb } from "./kinds/rest-api-via-nlb-and-alb";

/** What every way in is made of. */
export interface IngressProps<Ingress = StageConfig["ingress"]> {
  readonly stage: StageConfig;
  readonly ingress: Ingress;
  readonly network: Network;
  readonly dataServices: DataServices;
}

/** The way from the internet to the services that the stage chose. */
export interface Ingress {
  readonly targets: ServiceTargets;
  readonly monitoringTargets: IngressMonitoringTargets;
}

const restApis = { nlb: RestApiViaNlb, "nlb-alb": RestApiViaNlbAndAlb, alb: RestApiViaAlb };

/** Makes the way in that the stage chose. */
export function createIngress(
  scope: Construct,
  id: string,
  { stage, network, dataServices }: Omit<IngressProps, "ingress">,
): Ingress {
  const { ingress } = stage;
  switch (ingress.kind) {
    case "rest-api":
      return new restApis[ingress.via](scope, id, { stage, ingress, network, dataServices });
    case "http-api":
      return new HttpApiViaAlb(scope, id, { stage, ingress, network, dataServices });
    case "alb":
      return new PublicAlb(scope, id, { stage, ingress, network, dataServices });
    case "nlb":
      return new PublicNlb(scope, id, { stage, ingress, network, dataServices });
  }
}
