import type { Construct } from "constructs";
import type { Ingress, IngressProps } from "./ingress";
import { HttpApiViaAlb } from "./kinds/http-api";
import { PublicAlb } from "./kinds/public-alb";
import { PublicNlb } from "./kinds/public-nlb";
import { RestApiViaAlb, RestApiViaNlb, RestApiViaNlbAndAlb } from "./kinds/rest-api";

const restApis = { nlb: RestApiViaNlb, "nlb-alb": RestApiViaNlbAndAlb, alb: RestApiViaAlb };

/** Creates the kind of ingress that the stage file chooses. */
export function createIngress(scope: Construct, id: string, props: Omit<IngressProps, "ingress">): Ingress {
  const { ingress } = props.stage;
  switch (ingress.kind) {
    case "rest-api":
      return new restApis[ingress.via](scope, id, { ...props, ingress });
    case "http-api":
      return new HttpApiViaAlb(scope, id, { ...props, ingress });
    case "alb":
      return new PublicAlb(scope, id, { ...props, ingress });
    case "nlb":
      return new PublicNlb(scope, id, { ...props, ingress });
  }
}
