import type { Gap } from "../../proxy/gap";
import { integrations } from "./integration";
import { restApis } from "./rest-api";

/** What moto lacks of REST and HTTP APIs. */
export function apiGateway(): Gap {
  return { service: "apigateway", handlers: { ...restApis(), ...integrations() } };
}
