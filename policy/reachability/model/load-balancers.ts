import { unknown, type UnknownWay } from "../finding";
import { referenceOf } from "./reference";
import type { Resources } from "./terraform";

/** A port on which a load balancer listens. */
export interface Listener {
  readonly name: string;
  readonly loadBalancer: string;
  readonly port: number;
}

/** A VPC link V1: it comes to network load balancers through PrivateLink, without network interfaces in the VPC. */
export interface PrivateLink {
  readonly name: string;
  readonly loadBalancers: readonly string[];
}

/** All listeners, and a finding for each whose load balancer or port cannot be told. */
export function readListeners(resources: Resources): {
  readonly listeners: readonly Listener[];
  readonly findings: readonly UnknownWay[];
} {
  const read = resources.of("aws_lb_listener").map(({ address, fields: { load_balancer_arn, port } }) => {
    const loadBalancer = referenceOf(load_balancer_arn)?.address;
    return loadBalancer === undefined || typeof port !== "number"
      ? unknown(address, "listens for no load balancer of this stack, or on no plain port; write both")
      : { name: address, loadBalancer, port };
  });
  return { listeners: read.filter((each) => "port" in each), findings: read.filter((each) => "kind" in each) };
}

/** All VPC links V1. */
export function readPrivateLinks(resources: Resources): readonly PrivateLink[] {
  return resources.of("aws_api_gateway_vpc_link").map(({ address, fields: { target_arns } }) => ({
    name: address,
    loadBalancers: (Array.isArray(target_arns) ? target_arns : []).flatMap(
      (arn: unknown) => referenceOf(arn)?.address ?? [],
    ),
  }));
}

/** Network load balancers that let in what comes through PrivateLink, whatever their rules say. */
export function readUnguardedLoadBalancers(resources: Resources): readonly string[] {
  return resources
    .of("aws_lb")
    .filter(({ fields }) => fields.enforce_security_group_inbound_rules_on_private_link_traffic === "off")
    .map(({ address }) => address);
}
