import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, setChild, textOf, type Element } from "../../wire/xml";

const addressType = "IpAddressType";
const dnsOptions: Readonly<Record<string, string>> = {
  "DnsOptions.DnsRecordIpType": "dnsRecordIpType",
  "DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint": "privateDnsOnlyForInboundResolverEndpoint",
};

/**
 * moto loses the address type and the DNS options of a VPC endpoint; affects `ip_address_type` and `dns_options` of
 * `aws_vpc_endpoint`.
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
      if (isSuccess(reply)) set(request, request.form.get("VpcEndpointId") ?? "");
      return reply;
    },
    DescribeVpcEndpoints: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const endpoint of findAll(root, "vpcEndpointSet", "item")) complete(request, endpoint);
      }),
  };
}
