import type { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Stores } from "../data/stores";
import type { Network } from "../network/network";
import type { WatchedWayIn } from "../monitoring/monitoring-target";
import type { ServiceTargets } from "./service-target";
import { HttpApiViaAlb } from "./kinds/http-api-via-alb";
import { PublicAlb } from "./kinds/public-alb";
import { PublicNlb } from "./kinds/public-nlb";
import { RestApiViaAlb } from "./kinds/rest-api-via-alb";
import { RestApiViaNlb } from "./kinds/rest-api-via-nlb";
import { RestApiViaNlbAndAlb } from "./kinds/rest-api-via-nlb-and-alb";

/** What every way in is made of. */
export interface WayInProps<Ingress = StageConfig["ingress"]> {
  readonly stage: StageConfig;
  readonly ingress: Ingress;
  readonly network: Network;
  readonly stores: Stores;
}

/** The way from the internet to the services that the stage chose. */
export interface WayIn {
  readonly targets: ServiceTargets;
  readonly watched: WatchedWayIn;
}

const restApis = { nlb: RestApiViaNlb, "nlb-alb": RestApiViaNlbAndAlb, alb: RestApiViaAlb };

/** Makes the way in that the stage chose. */
export function createWayIn(
  scope: Construct,
  id: string,
  { stage, network, stores }: Omit<WayInProps, "ingress">,
): WayIn {
  const { ingress } = stage;
  switch (ingress.kind) {
    case "rest-api":
      return new restApis[ingress.via](scope, id, { stage, ingress, network, stores });
    case "http-api":
      return new HttpApiViaAlb(scope, id, { stage, ingress, network, stores });
    case "alb":
      return new PublicAlb(scope, id, { stage, ingress, network, stores });
    case "nlb":
      return new PublicNlb(scope, id, { stage, ingress, network, stores });
  }
}
