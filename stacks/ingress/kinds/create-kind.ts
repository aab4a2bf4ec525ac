import type { Construct } from "constructs";
import type { IngressKind, KindProps } from "../kind";
import { HttpApiViaAlb } from "./http-api";
import { PublicAlb } from "./public-alb";
import { PublicNlb } from "./public-nlb";
import { RestApiViaAlb, RestApiViaNlb, RestApiViaNlbAndAlb } from "./rest-api";

const restApis = { nlb: RestApiViaNlb, "nlb-alb": RestApiViaNlbAndAlb, alb: RestApiViaAlb };

/** Creates the kind of ingress that the stage file chooses. */
export function createKind(scope: Construct, id: string, props: Omit<KindProps, "ingress">): IngressKind {
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
