import type { IngressConfig } from "../../../schema";

/** What a stage says about its REST API. */
export type RestApiConfig = Extract<IngressConfig, { kind: "rest-api" }>;
