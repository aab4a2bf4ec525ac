import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { formList, formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, setChild, textOf, type Element } from "../../wire/xml";
import { call } from "./call";

/** Attributes of a subnet that moto loses, with the element of the description; the hostname options have one of their own. */
const hostnames: Readonly<Record<string, string>> = {
  PrivateDnsHostnameTypeOnLaunch: "hostnameType",
  "EnableResourceNameDnsARecordOnLaunch.Value": "enableResourceNameDnsARecord",
  "EnableResourceNameDnsAAAARecordOnLaunch.Value": "enableResourceNameDnsAAAARecord",
};
const dns64 = "EnableDns64.Value";

const ipv6AssociationFilter = "ipv6-cidr-block-association.association-id";

/**
 * moto does not filter subnets by the association of their IPv6 block, writes the state of the block as a Python dictionary,
 * and loses DNS64 and the names of instances; affects `ipv6_cidr_block`, `enable_dns64`, `private_dns_hostname_type_on_launch`
 * and `enable_resource_name_dns_a_record_on_launch` of `aws_subnet`, whose creation does not end.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html
 */
export function subnets(): Handlers {
  const attributes = new Store<Map<string, string>>();
  const complete = (request: AwsRequest, subnet: Element): void => {
    const own = attributes.of(request).get(textOf(subnet, "subnetId"));
    if (!own) return;
    const value = own.get(dns64);
    if (value !== undefined) setChild(subnet, element("enableDns64", value));
    const options = find(subnet, "privateDnsNameOptionsOnLaunch") ?? element("privateDnsNameOptionsOnLaunch", []);
    for (const [name, child] of Object.entries(hostnames)) {
      const set = own.get(name);
      if (set !== undefined) setChild(options, element(child, set));
    }
    setChild(subnet, options);
  };
  return {
    ModifySubnetAttribute: async (request, forward) => {
      const id = request.form.get("SubnetId") ?? "";
      const lost = [...Object.keys(hostnames), dns64].filter((name) => request.form.has(name));
      if (lost.length === 0) return forward();
      // moto takes what it does not know for any subnet.
      const described = await call(forward, "DescribeSubnets", { "SubnetId.1": id });
      if (!isSuccess(described)) return described;
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const own = attributes.of(request).get(id) ?? new Map<string, string>();
      for (const name of lost) own.set(name, request.form.get(name) ?? "");
      attributes.of(request).set(id, own);
      return reply;
    },
    DescribeSubnets: async (request, forward) => {
      const filter = formObjects(request.form, "Filter").find((each) => each.get("Name") === ipv6AssociationFilter);
      const associations = filter && formList(filter, "Value");
      const body = associations && `Action=DescribeSubnets&Version=${request.form.get("Version") ?? ""}`;
      return editXml(await forward(body === undefined ? {} : { body }), (root) => {
        for (const subnet of findAll(root, "subnetSet", "item")) {
          complete(request, subnet);
          for (const block of findAll(subnet, "ipv6CidrBlockAssociationSet", "item", "ipv6CidrBlockState")) {
            const state = /\w+(?='\})/.exec(textOf(block, "state"))?.[0];
            if (state !== undefined) setChild(block, element("state", state));
          }
        }
        const set = find(root, "subnetSet");
        if (!set || !associations) return;
        set.children = set.children.filter((subnet) =>
          findAll(subnet, "ipv6CidrBlockAssociationSet", "item").some((block) =>
            associations.includes(textOf(block, "associationId")),
          ),
        );
      });
    },
  };
}
