import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { isKept } from "./attachments";
import { reference, service } from "./source";

const operations = ["CreateVpcEndpoint", "ModifyVpcEndpoint"];

/** Rules of VPC endpoints. */
export const endpointRules: readonly Rule[] = [
  {
    name: "endpoint-service-of-another-region",
    service,
    operations: ["CreateVpcEndpoint"],
    code: "InvalidServiceName",
    rule: "An endpoint has a service of its region, unless it names the region of the service.",
    source: `${reference}/API_CreateVpcEndpoint.html`,
    refuse: ({ input, region }) => {
      const [, named] = /^com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(text(input.ServiceName)) ?? [];
      return named === undefined || named === region || input.ServiceRegion !== undefined
        ? undefined
        : `The Vpc Endpoint Service '${text(input.ServiceName)}' does not exist`;
    },
  },
  {
    name: "endpoint-without-dns",
    service,
    operations,
    code: "InvalidParameter",
    rule: "Private DNS of an interface endpoint needs DNS support and DNS host names of the VPC.",
    source: `${reference}/API_CreateVpcEndpoint.html`,
    refuse: async (call) => {
      if (!hasPrivateDns(call)) return undefined;
      const { VpcId } = await endpointOf(call);
      const hasSupport = await hasAttribute(call, VpcId, "enableDnsSupport", "EnableDnsSupport");
      const hasNames = await hasAttribute(call, VpcId, "enableDnsHostnames", "EnableDnsHostnames");
      return hasSupport && hasNames
        ? undefined
        : `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${text(VpcId)}`;
    },
  },
  {
    name: "endpoint-private-dns-in-use",
    service,
    operations,
    code: "InvalidParameter",
    rule: "A VPC has one interface endpoint with private DNS for each service.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    refuse: async (call) => {
      if (!hasPrivateDns(call)) return undefined;
      const { VpcId, ServiceName } = await endpointOf(call);
      const { VpcEndpoints } = await call.ask("DescribeVpcEndpoints");
      const isInUse = objects(VpcEndpoints)
        .filter(isKept)
        .some(
          (other) =>
            other.VpcId === VpcId &&
            other.ServiceName === ServiceName &&
            other.PrivateDnsEnabled === true &&
            other.VpcEndpointId !== call.input.VpcEndpointId,
        );
      return isInUse
        ? `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${dnsName(text(ServiceName))} in the VPC ${text(VpcId)}`
        : undefined;
    },
  },
  {
    name: "endpoint-zone-used-twice",
    service,
    operations,
    code: "DuplicateSubnetsInSameZone",
    rule: "A VPC endpoint has one subnet in each Availability Zone.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    refuse: async (call) => {
      const { input, ask } = call;
      const { SubnetIds } = await endpointOf(call);
      const removed = list(input.RemoveSubnetIds);
      const ids = [...list(SubnetIds), ...list(input.AddSubnetIds)].filter((id) => !removed.includes(id));
      if (ids.length < 2) return undefined;
      const { Subnets } = await ask("DescribeSubnets", { SubnetIds: [...new Set(ids)] });
      const zones = objects(Subnets).map(({ AvailabilityZone }) => text(AvailabilityZone));
      const twice = objects(Subnets).find((_, index) => zones.indexOf(zones[index] ?? "") !== index);
      return (
        twice &&
        `Found another VPC endpoint subnet in the availability zone of ${text(twice.SubnetId)}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`
      );
    },
  },
  {
    name: "gateway-endpoint-route-in-use",
    service,
    operations,
    code: "RouteAlreadyExists",
    rule: "A route table has one gateway endpoint for each service.",
    source: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    refuse: async (call) => {
      const { ServiceName } = await endpointOf(call);
      const tables = [...list(call.input.RouteTableIds), ...list(call.input.AddRouteTableIds)];
      const { VpcEndpoints } = await call.ask("DescribeVpcEndpoints");
      const others = objects(VpcEndpoints)
        .filter(isKept)
        .filter((other) => other.ServiceName === ServiceName && other.VpcEndpointId !== call.input.VpcEndpointId);
      const inUse = tables.find((table) => others.some(({ RouteTableIds }) => list(RouteTableIds).includes(table)));
      return inUse === undefined
        ? undefined
        : `route table ${text(inUse)} already has a route with destination-prefix-list-id for ${text(ServiceName)}`;
    },
  },
];

/** Whether the call switches private DNS on, which is the default for a new interface endpoint of an AWS service. */
function hasPrivateDns({ operation, input }: RuleCall): boolean {
  const { PrivateDnsEnabled, VpcEndpointType, ServiceName } = input;
  if (operation === "ModifyVpcEndpoint") return PrivateDnsEnabled === true;
  const isDefault = PrivateDnsEnabled === undefined && !text(ServiceName).includes(".vpce.");
  return VpcEndpointType === "Interface" && (PrivateDnsEnabled === true || isDefault);
}

/** The endpoint that the call creates, or that exists already. */
export async function endpointOf({ operation, input, ask }: RuleCall): Promise<JsonObject> {
  if (operation === "CreateVpcEndpoint") return input;
  const { VpcEndpoints } = await ask("DescribeVpcEndpoints", { VpcEndpointIds: [text(input.VpcEndpointId)] });
  return objects(VpcEndpoints)[0] ?? {};
}

async function hasAttribute(
  { ask }: RuleCall,
  VpcId: JsonObject[string],
  Attribute: string,
  member: string,
): Promise<boolean> {
  const output = await ask("DescribeVpcAttribute", { VpcId: text(VpcId), Attribute });
  return object(output[member]).Value === true;
}

/** The DNS name of an AWS service with the name com.amazonaws.REGION.SERVICE. */
function dnsName(serviceName: string): string {
  const [, , region = "", ...rest] = serviceName.split(".");
  return `${rest.join(".")}.${region}.amazonaws.com`;
}
