import { z } from "zod";
import { httpApi } from "./http-api";
import { publicAlb, publicNlb } from "./load-balancers";
import { restApis } from "./rest-api";

/** The way from the internet to the services. */
export const ingress = z.discriminatedUnion(
  "kind",
  [restApis, httpApi, publicAlb, publicNlb],
  'is no way in; write "rest-api", "http-api", "alb" or "nlb"',
);

export type Ingress = z.output<typeof ingress>;
