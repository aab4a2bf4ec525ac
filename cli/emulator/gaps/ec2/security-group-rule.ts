import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editXml, isSuccess } from "../../wire/edit";
import { formObjects } from "../../wire/form";
import { Memory } from "../../wire/memory";
import { element, findAll, setChild, textOf } from "../../wire/xml";

/**
 * moto forgets the description of a rule that refers to a security group or a prefix list; shown by
 * `aws_vpc_security_group_ingress_rule` and `..._egress_rule`.
 */
export function securityGroupRules(): Handlers {
  const descriptions = new Memory<string>();

  const authorize = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const [permission] = formObjects(request.form, "IpPermissions");
    const description = ["IpRanges", "Ipv6Ranges", "Groups", "PrefixListIds", "UserIdGroupPairs"]
      .map((source) => permission?.get(`${source}.1.Description`))
      .find((value) => value != null);
    return editXml(await forward(), (root) => {
      for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
        if (description == null) continue;
        descriptions.of(request).set(textOf(rule, "securityGroupRuleId"), description);
        setChild(rule, element("description", description));
      }
    });
  };

  return {
    AuthorizeSecurityGroupIngress: authorize,
    AuthorizeSecurityGroupEgress: authorize,
    ModifySecurityGroupRules: async (request, forward) => {
      const reply = await forward();
      for (const rule of isSuccess(reply) ? formObjects(request.form, "SecurityGroupRule") : []) {
        const description = rule.get("SecurityGroupRule.Description");
        if (description !== null) descriptions.of(request).set(rule.get("SecurityGroupRuleId") ?? "", description);
      }
      return reply;
    },
    DescribeSecurityGroupRules: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
          const description = descriptions.of(request).get(textOf(rule, "securityGroupRuleId"));
          if (description !== undefined) setChild(rule, element("description", description));
        }
      }),
  };
}
