import type { AwsRequest, Forward, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, setChild, textOf, type Element } from "../../wire/xml";
import { call, describe } from "./call";

const addressType = "IpAddressType";
const dnsOptions: Readonly<Record<string, string>> = {
  "DnsOptions.DnsRecordIpType": "dnsRecordIpType",
  "DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint": "privateDnsOnlyForInboundResolverEndpoint",
};

/**
 * moto loses the address type and the DNS options of a VPC endpoint, and the routes of a gateway endpoint in route tables that
 * are added or removed later; affects `ip_address_type`, `dns_options` and `route_table_ids` of `aws_vpc_endpoint`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
 */
export function vpcEndpoints(): Handlers {
  const settings = new Store<Map<string, string>>();
  const set = (request: AwsRequest, id: string): void => {
    const own = settings.of(request).get(id) ?? new Map<string, string>();
    for (const name of [addressType, ...Object.keys(dnsOptions)]) {
      const value = request.form.get(name);
      if (value !== null) own.set(name, value);
    }
    settings.of(request).set(id, own);
  };
  const complete = (request: AwsRequest, endpoint: Element): void => {
    const own = settings.of(request).get(textOf(endpoint, "vpcEndpointId"));
    const type = own?.get(addressType);
    if (type !== undefined) setChild(endpoint, element("ipAddressType", type));
    const options = Object.entries(dnsOptions).flatMap(([name, child]) => {
      const value = own?.get(name);
      return value === undefined ? [] : [element(child, value)];
    });
    if (options.length > 0) setChild(endpoint, element("dnsOptions", options));
  };
  return {
    CreateVpcEndpoint: async (request, forward) =>
      editXml(await forward(), (root) => {
        const endpoint = find(root, "vpcEndpoint");
        if (!endpoint) return;
        set(request, textOf(endpoint, "vpcEndpointId"));
        complete(request, endpoint);
      }),
    ModifyVpcEndpoint: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      set(request, request.form.get("VpcEndpointId") ?? "");
      await moveRoutes(request, forward);
      return reply;
    },
    DescribeVpcEndpoints: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const endpoint of findAll(root, "vpcEndpointSet", "item")) complete(request, endpoint);
      }),
  };
}

/** Makes the routes of a gateway endpoint in the route tables that are added, and deletes them in those that are removed. */
async function moveRoutes({ form }: AwsRequest, forward: Forward): Promise<void> {
  const tables = (name: string) =>
    [...form].flatMap(([key, value]) => (new RegExp(`^${name}\\.\\d+$`).test(key) ? [value] : []));
  const [added, removed] = [tables("AddRouteTableId"), tables("RemoveRouteTableId")];
  if (added.length + removed.length === 0) return;
  const GatewayId = form.get("VpcEndpointId") ?? "";
  const endpoints = await describe(forward, "DescribeVpcEndpoints", { "VpcEndpointId.1": GatewayId });
  const [name = ""] = findAll(endpoints, "vpcEndpointSet", "item").map((each) => textOf(each, "serviceName"));
  const lists = await describe(forward, "DescribeManagedPrefixLists", {
    "Filter.1.Name": "prefix-list-name",
    "Filter.1.Value.1": name,
  });
  const [list = ""] = findAll(lists, "prefixListSet", "item").map((each) => textOf(each, "prefixListId"));
  const route = (RouteTableId: string) => ({ RouteTableId, DestinationPrefixListId: list });
  for (const table of added) await call(forward, "CreateRoute", { ...route(table), GatewayId });
  for (const table of removed) await call(forward, "DeleteRoute", route(table));
}
