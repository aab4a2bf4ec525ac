import type { Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/edit";
import { formList, formObjects } from "../../wire/form";
import { element, find, findAll, setChild, textOf } from "../../wire/xml";

const filter = "ipv6-cidr-block-association.association-id";

/**
 * moto cannot find a subnet by its IPv6 block and writes the block's state as a Python dictionary; shown by
 * `ipv6_cidr_block` of `aws_subnet`.
 */
export function subnets(): Handlers {
  return {
    DescribeSubnets: async (request, forward) => {
      const wanted = formObjects(request.form, "Filter").find((one) => one.get("Name") === filter);
      const associations = wanted ? formList(wanted, "Value") : undefined;
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
