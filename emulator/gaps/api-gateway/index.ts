import type { Gap } from "../../proxy/gap";
import { Overlay } from "../overlay";
import { apiMappings } from "./api-mappings";
import { deployments } from "./deployments";
import { httpApis } from "./http-api";
import { patches } from "./patches";
import { restApis } from "./rest-api";
import { stages } from "./stages";
import { usagePlans } from "./usage-plans";
import { vpcLinks } from "./vpc-links";

/** What moto does not emulate of REST and HTTP APIs. */
export function apiGateway(): Gap {
  const overlay = new Overlay();
  // The first route that matches is taken: those of `patches` match every path.
  const inner = { ...restApis(overlay), ...stages(overlay), ...patches(overlay) };
  const handlers = {
    ...restApis(overlay),
    ...stages(overlay),
    ...deployments(overlay, inner), // after the handlers of stages, which it calls
    ...usagePlans(overlay),
    ...vpcLinks(overlay),
    ...httpApis(overlay),
    ...apiMappings(overlay),
    ...patches(overlay),
  };
  return { service: "apigateway", handlers };
}
