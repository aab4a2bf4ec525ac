import { addressesOf, referenceOf } from "./reference";
import type { Resource, Resources } from "./terraform";

/** A private way to an AWS service. */
export interface Endpoint {
  readonly name: string;
  /** Such as `ecr.api`. */
  readonly service: string;
  readonly vpc: string | undefined;
  /** Whether the service's own name leads to it: of an interface, by private DNS; of a gateway, always. */
  readonly answersName: boolean;
  /** Route tables that lead to it, of a gateway. @default - an interface */
  readonly tables: readonly string[] | undefined;
}

/** All VPC endpoints. */
export function readEndpoints(resources: Resources): readonly Endpoint[] {
  return resources.of("aws_vpc_endpoint").map(({ address, fields }) => {
    const { service_name, vpc_id, vpc_endpoint_type = "Gateway", route_table_ids } = fields;
    const vpc = referenceOf(vpc_id)?.address;
    return {
      name: address,
      service: String(service_name).replace(/^com\.amazonaws\.[a-z\d-]+\./, ""),
      vpc,
      answersName: vpc_endpoint_type === "Gateway" || hasPrivateDns(fields, resources.at(vpc)),
      tables: vpc_endpoint_type === "Gateway" ? (addressesOf(route_table_ids) ?? []) : undefined,
    };
  });
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names */
function hasPrivateDns({ private_dns_enabled }: Resource["fields"], vpc: Resource | undefined): boolean {
  const { enable_dns_support = true, enable_dns_hostnames = false } = vpc?.fields ?? {};
  return private_dns_enabled === true && enable_dns_support === true && enable_dns_hostnames === true;
}
