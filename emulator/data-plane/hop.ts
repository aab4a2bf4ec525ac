import type { Scope } from "../models/aws";

/** One end of a connection between parts of the data plane. */
export type HopEnd =
  | { readonly kind: "internet"; readonly sourceIp: string }
  | { readonly kind: "load-balancer"; readonly arn: string }
  | { readonly kind: "vpc-link"; readonly id: string }
  | { readonly kind: "ecs-service"; readonly arn: string };

/** A TCP connection that a request needs. */
export interface Hop {
  readonly scope: Scope;
  readonly from: HopEnd;
  readonly to: HopEnd;
  /** Port on the receiving end: of the listener, or of the container. */
  readonly port: number;
}

/** Why security groups, network ACLs or routes do not allow a connection; undefined when they do. */
export type HopAllowed = (hop: Hop) => Promise<string | undefined>;
