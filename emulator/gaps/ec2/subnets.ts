import type { Handlers } from "../../proxy/gap";
import { formList, formObjects } from "../../wire/form";
import { editXml } from "../../wire/reply";
import { element, find, findAll, setChild, textOf } from "../../wire/xml";

const ipv6AssociationFilter = "ipv6-cidr-block-association.association-id";

/**
 * moto does not filter subnets by the association of their IPv6 block, and writes the state of the block as a Python
 * dictionary; affects `ipv6_cidr_block` of `aws_subnet`.
 */
export function subnets(): Handlers {
  return {
    DescribeSubnets: async (request, forward) => {
      const filter = formObjects(request.form, "Filter").find((each) => each.get("Name") === ipv6AssociationFilter);
      const associations = filter && formList(filter, "Value");
      const body = associations && `Action=DescribeSubnets&Version=${request.form.get("Version") ?? ""}`;
      return editXml(await forward(body === undefined ? {} : { body }), (root) => {
        for (const subnet of findAll(root, "subnetSet", "item")) {
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
