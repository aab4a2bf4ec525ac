import type { AwsRequest, Forward, Handler, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, setChild, textOf } from "../../wire/xml";
import { withCanonicalBlocks } from "./canonical-requests";
import { ruleOverflow } from "./rule-overflow";

/**
 * moto loses the description of a rule that refers to a security group or a prefix list, and ignores a new group in
 * ModifySecurityGroupRules, and fails at a rule without ports, as for ESP (protocol 50); affects `aws_vpc_security_group_ingress_rule` and `aws_vpc_security_group_egress_rule`.
 */
export function securityGroupRules(): Handlers {
  const descriptions = new Store<string>();
  const referencedGroups = new Store<string>();
  const overflow = ruleOverflow();

  const authorize = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const [permission] = formObjects(request.form, "IpPermissions");
    const description = ["IpRanges", "Ipv6Ranges", "Groups", "PrefixListIds", "UserIdGroupPairs"]
      .map((source) => permission?.get(`${source}.1.Description`))
      .find((value) => value != null);
    return editXml(await through(overflow, request, forward), (root) => {
      for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
        if (description == null) continue;
        descriptions.of(request).set(textOf(rule, "securityGroupRuleId"), description);
        setChild(rule, element("description", description));
      }
    });
  };

  const revoke = (request: AwsRequest, forward: Forward): Promise<Reply> => through(overflow, request, forward);

  return {
    ...overflow,
    AuthorizeSecurityGroupIngress: withCanonicalBlocks(withPorts(authorize)),
    AuthorizeSecurityGroupEgress: withCanonicalBlocks(withPorts(authorize)),
    RevokeSecurityGroupIngress: withCanonicalBlocks(withPorts(revoke)),
    RevokeSecurityGroupEgress: withCanonicalBlocks(withPorts(revoke)),
    ModifySecurityGroupRules: async (request, forward) => {
      const reply = await through(overflow, request, forward);
      for (const rule of isSuccess(reply) ? formObjects(request.form, "SecurityGroupRule") : []) {
        const id = rule.get("SecurityGroupRuleId") ?? "";
        const description = rule.get("SecurityGroupRule.Description");
        if (description !== null) descriptions.of(request).set(id, description);
        const group = rule.get("SecurityGroupRule.ReferencedGroupId");
        if (group !== null) referencedGroups.of(request).set(id, group);
      }
      return reply;
    },
    DescribeSecurityGroupRules: async (request, forward) =>
      editXml(await through(overflow, request, forward), (root) => {
        for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
          const id = textOf(rule, "securityGroupRuleId");
          const description = descriptions.of(request).get(id);
          if (description !== undefined) setChild(rule, element("description", description));
          const group = referencedGroups.of(request).get(id);
          const reference = find(rule, "referencedGroupInfo");
          if (group !== undefined && reference !== undefined) setChild(reference, element("groupId", group));
        }
      }),
  };
}

/** The reply of the handlers of an operation, or of moto where it has none. */
async function through(handlers: Handlers, request: AwsRequest, forward: Forward): Promise<Reply> {
  return (await handlers[request.operation]?.(request, forward)) ?? forward();
}

/** A handler of rules that all have ports; -1 are all, as AWS describes a rule of a protocol without ports. */
function withPorts(handler: Handler): Handler {
  return (request, forward) => {
    const form = new URLSearchParams(request.form);
    for (const [key, value] of request.form) {
      const [, permission] = /^((?:IpPermissions\.\d+\.)?)IpProtocol$/.exec(key) ?? [];
      if (permission === undefined || value === "-1") continue;
      for (const port of ["FromPort", "ToPort"]) {
        if (!form.has(`${permission}${port}`)) form.set(`${permission}${port}`, "-1");
      }
    }
    return handler({ ...request, form }, (changes) => forward({ body: form.toString(), ...changes }));
  };
}
