import type { Gap } from "../../proxy/gap";
import { httpApis } from "./http-api";
import { integrations } from "./integration";
import { Overlay } from "./overlay";
import { restApis } from "./rest-api";
import { usagePlans } from "./usage-plan";
import { updates } from "./update";

/** What moto lacks of REST and HTTP APIs. */
export function apiGateway(): Gap {
  const overlay = new Overlay();
  // The first handler that fits is taken: `updates` fit every path.
  const handlers = {
    ...restApis(overlay),
    ...integrations(overlay),
    ...httpApis(overlay),
    ...usagePlans(),
    ...updates(overlay),
  };
  return { service: "apigateway", handlers };
}
