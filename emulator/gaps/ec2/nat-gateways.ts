import type { AwsRequest, Forward, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { editXml } from "../../wire/reply";
import { lastFreeAddress } from "../../wire/ipv4";
import { element, find, findAll, setChild, textOf, type Element } from "../../wire/xml";
import { describe } from "./call";

/**
 * moto gives a NAT gateway a private address outside of its subnet; affects `private_ip` of `aws_nat_gateway`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html
 */
export function natGateways(): Handlers {
  const addresses = new Store<string>();
  const complete = (request: AwsRequest, gateway: Element): void => {
    const own = addresses.of(request);
    for (const address of findAll(gateway, "natGatewayAddressSet", "item")) {
      const privateIp = own.get(textOf(address, "networkInterfaceId"));
      if (privateIp !== undefined) setChild(address, element("privateIp", privateIp));
    }
  };
  return {
    CreateNatGateway: async (request, forward) => {
      const subnetId = request.form.get("SubnetId") ?? "";
      const address =
        request.form.get("PrivateIpAddress") ?? (await freeAddress(request, forward, addresses, subnetId));
      return editXml(await forward(), (root) => {
        const gateway = find(root, "natGateway");
        const [first] = gateway ? findAll(gateway, "natGatewayAddressSet", "item") : [];
        if (!gateway || !first || address === undefined) return;
        addresses.of(request).set(textOf(first, "networkInterfaceId"), address);
        complete(request, gateway);
      });
    },
    DescribeNatGateways: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const gateway of findAll(root, "natGatewaySet", "item")) complete(request, gateway);
      }),
    DescribeNetworkInterfaces: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const item of findAll(root, "networkInterfaceSet", "item")) {
          const address = addresses.of(request).get(textOf(item, "networkInterfaceId"));
          if (address === undefined) continue;
          setChild(item, element("privateIpAddress", address));
          for (const each of findAll(item, "privateIpAddressesSet", "item")) {
            if (textOf(each, "primary") === "true") setChild(each, element("privateIpAddress", address));
          }
        }
      }),
  };
}

/** An address of the subnet that no network interface has: the last one, because moto gives the first ones. */
async function freeAddress(
  request: AwsRequest,
  forward: Forward,
  addresses: Store<string>,
  subnetId: string,
): Promise<string | undefined> {
  const subnets = await describe(forward, "DescribeSubnets", { "SubnetId.1": subnetId });
  const block = find(subnets, "subnetSet", "item", "cidrBlock")?.text ?? "";
  const filter = { "Filter.1.Name": "subnet-id", "Filter.1.Value.1": subnetId };
  const interfaces = await describe(forward, "DescribeNetworkInterfaces", filter);
  const used = findAll(interfaces, "networkInterfaceSet", "item").flatMap((item) => [
    addresses.of(request).get(textOf(item, "networkInterfaceId")) ?? "",
    ...findAll(item, "privateIpAddressesSet", "item").map((each) => textOf(each, "privateIpAddress")),
  ]);
  return lastFreeAddress(block, new Set(used));
}
