import type { Handlers } from "../../proxy/gap";
import { formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, parseXml, setChild, textOf } from "../../wire/xml";
import { call } from "./call";

/** moto loses the tags of new DHCP options; affects `tags` of `aws_vpc_dhcp_options`. */
export function dhcpOptions(): Handlers {
  return {
    CreateDhcpOptions: async (request, forward) => {
      const reply = await forward();
      const tags = formObjects(request.form, "TagSpecification").flatMap((each) => formObjects(each, "Tag"));
      const created = isSuccess(reply) ? find(parseXml(reply.body), "dhcpOptions") : undefined;
      if (!created || tags.length === 0) return reply;
      const form: Record<string, string> = { "ResourceId.1": textOf(created, "dhcpOptionsId") };
      const set = tags.map((tag, index) => {
        const [key, value] = [tag.get("Key") ?? "", tag.get("Value") ?? ""];
        form[`Tag.${index + 1}.Key`] = key;
        form[`Tag.${index + 1}.Value`] = value;
        return element("item", [element("key", key), element("value", value)]);
      });
      await call(forward, "CreateTags", form);
      return editXml(reply, (root) => {
        const options = find(root, "dhcpOptions");
        if (options) setChild(options, element("tagSet", set));
      });
    },
  };
}
