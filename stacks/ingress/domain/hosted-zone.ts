import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import type { Construct } from "constructs";
import type { Domain } from "../../../schema/domain";

export interface HostedZoneProps {
  readonly domain: Domain;
}

/** The public hosted zone of a domain, which exists before the stack. */
export class HostedZone extends DataAwsRoute53Zone {
  constructor(scope: Construct, id: string, { domain }: HostedZoneProps) {
    super(scope, id, { name: domain.hostedZone, privateZone: false });
  }
}
