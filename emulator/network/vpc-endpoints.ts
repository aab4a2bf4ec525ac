import { serviceOfEndpoint, unknown, type Host, type UnknownResource, type VpcEndpoint } from "network-paths";
import { object, text, type JsonObject } from "../wire/json";
import { listObjects, texts, textsAt, type Ask } from "./ask";

/** All VPC endpoints of AWS services, the network interfaces of interface endpoints, and a finding for each other endpoint. */
export async function readVpcEndpoints(ask: Ask): Promise<{
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly hosts: readonly Host[];
  readonly unknown: readonly UnknownResource[];
}> {
  const all = await listObjects(ask, "ec2", "DescribeVpcEndpoints", "VpcEndpoints");
  const endpoints = all.filter(({ State }) => text(State).toLowerCase() === "available");
  const isOf = (type: string) => (endpoint: JsonObject) => (endpoint.VpcEndpointType ?? "Gateway") === type;
  const interfaces = endpoints.filter(isOf("Interface"));
  const gateways = endpoints.filter(isOf("Gateway"));
  const vpcs = new Set(interfaces.filter((each) => each.PrivateDnsEnabled === true).map(({ VpcId }) => text(VpcId)));
  const resolving = new Map(
    await Promise.all([...vpcs].map(async (vpc) => [vpc, await resolvesPrivateNames(ask, vpc)] as const)),
  );
  return {
    vpcEndpoints: [
      ...interfaces.map((endpoint) => ({
        ...identityOf(endpoint),
        resolvesServiceName: endpoint.PrivateDnsEnabled === true && resolving.get(text(endpoint.VpcId)) === true,
        tables: undefined,
      })),
      ...gateways.map((endpoint) => ({
        ...identityOf(endpoint),
        resolvesServiceName: true,
        tables: texts(endpoint.RouteTableIds),
      })),
    ],
    hosts: interfaces.map(({ VpcEndpointId, Groups, SubnetIds }) => ({
      name: text(VpcEndpointId),
      groups: textsAt(Groups, "GroupId"),
      subnets: texts(SubnetIds),
      publicIp: false,
    })),
    unknown: endpoints
      .filter((endpoint) => !interfaces.includes(endpoint) && !gateways.includes(endpoint))
      .map(({ VpcEndpointId, VpcEndpointType }) =>
        unknown(text(VpcEndpointId), `has the type ${text(VpcEndpointType)}, which is not supported`),
      ),
  };
}

function identityOf({ VpcEndpointId, ServiceName, VpcId }: JsonObject): Pick<VpcEndpoint, "name" | "service" | "vpc"> {
  return { name: text(VpcEndpointId), service: serviceOfEndpoint(text(ServiceName)), vpc: text(VpcId) };
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names */
async function resolvesPrivateNames(ask: Ask, VpcId: string): Promise<boolean> {
  const attribute = async (name: string, member: string) => {
    const output = await ask("ec2", "DescribeVpcAttribute", { VpcId, Attribute: name });
    return object(output[member]).Value === true;
  };
  const [support, hostnames] = await Promise.all([
    attribute("enableDnsSupport", "EnableDnsSupport"),
    attribute("enableDnsHostnames", "EnableDnsHostnames"),
  ]);
  return support && hostnames;
}
