import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formList } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { call, describe } from "./call";
import { namedRules, singleRules, withParts } from "./rule-parts";

/** How many inbound or outbound rules of a security group moto keeps. */
const room = 60;

/**
 * moto counts the IPv4 and IPv6 rules of a security group together, so that it refuses 31 of each, where AWS takes 60 of each.
 * The rules for which a group has no room are in further groups of moto, which AWS's replies do not show; affects
 * `aws_vpc_security_group_ingress_rule` and `aws_vpc_security_group_egress_rule`.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export function ruleOverflow(): Handlers {
  /** The further groups of a group. */
  const further = new Store<readonly string[]>();

  const groupsOf = (request: AwsRequest): readonly string[] => {
    const id = request.form.get("GroupId") ?? "";
    return [id, ...(further.of(request).get(id) ?? [])];
  };
  /** Shows the rules of further groups as those of their group. */
  const showGroup = (request: AwsRequest, root: Element): void => {
    for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
      const id = textOf(rule, "groupId");
      const [group] = [...further.of(request)].find(([, ids]) => ids.includes(id)) ?? [];
      if (group !== undefined) setChild(rule, element("groupId", group));
    }
  };

  const authorize = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const groups = groupsOf(request);
    const rules = singleRules(request.form);
    const direction = request.operation === "AuthorizeSecurityGroupEgress" ? "true" : "false";
    const used = await Promise.all(groups.map((id) => rulesOf(forward, id, direction)));
    if (groups.length === 1 && (used[0] ?? 0) + rules.length <= room) return forward();
    const added: Element[] = [];
    let reply: Reply | undefined;
    let next = 0;
    for (let index = 0; next < rules.length; index++) {
      const free = room - (used[index] ?? 0);
      if (free <= 0) continue;
      const id = groups[index] ?? (await createFurther(request, forward));
      reply = await forward({ body: withParts(request.form, id, rules.slice(next, next + free)) });
      if (!isSuccess(reply)) return reply;
      added.push(...findAll(parseXml(reply.body), "securityGroupRuleSet", "item"));
      next += free;
    }
    return editXml(reply ?? (await forward()), (root) => {
      setChild(root, element("securityGroupRuleSet", added));
      showGroup(request, root);
    });
  };

  const createFurther = async (request: AwsRequest, forward: Forward): Promise<string> => {
    const [group = "", ...ids] = groupsOf(request);
    const described = await describe(forward, "DescribeSecurityGroups", { "GroupId.1": group });
    const created = await describe(forward, "CreateSecurityGroup", {
      GroupName: `${group} ${ids.length + 1}`,
      GroupDescription: "more rules",
      VpcId: textOf(described, "securityGroupInfo", "item", "vpcId"),
    });
    const id = textOf(created, "groupId");
    further.of(request).set(group, [...ids, id]);
    const byDefault = await describe(forward, "DescribeSecurityGroupRules", filterOf(id));
    for (const rule of findAll(byDefault, "securityGroupRuleSet", "item")) {
      const SecurityGroupRuleId = textOf(rule, "securityGroupRuleId");
      await call(forward, "RevokeSecurityGroupEgress", { GroupId: id, "SecurityGroupRuleId.1": SecurityGroupRuleId });
    }
    return id;
  };

  /** Sends each part of a request to the group that has its rule. */
  const inEachGroup = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const groups = groupsOf(request);
    if (groups.length === 1) return forward();
    let reply: Reply | undefined;
    for (const part of [...singleRules(request.form), ...namedRules(request.form)]) {
      for (const id of groups) {
        reply = await forward({ body: withParts(request.form, id, [part]) });
        if (isSuccess(reply)) break;
      }
      if (reply && !isSuccess(reply)) return reply;
    }
    return reply ?? forward();
  };

  return {
    AuthorizeSecurityGroupIngress: authorize,
    AuthorizeSecurityGroupEgress: authorize,
    RevokeSecurityGroupIngress: inEachGroup,
    RevokeSecurityGroupEgress: inEachGroup,
    ModifySecurityGroupRules: inEachGroup,
    DescribeSecurityGroupRules: async (request, forward) => {
      if (further.of(request).size === 0) return forward();
      const form = new URLSearchParams(request.form);
      for (const [key, value] of request.form) {
        const [, filter] = /^(Filter\.\d+)\.Value\.\d+$/.exec(key) ?? [];
        if (filter === undefined || form.get(`${filter}.Name`) !== "group-id") continue;
        const count = formList(form, `${filter}.Value`).length;
        (further.of(request).get(value) ?? []).forEach((id, index) => {
          form.set(`${filter}.Value.${count + index + 1}`, id);
        });
      }
      return editXml(await forward({ body: form.toString() }), (root) => {
        showGroup(request, root);
      });
    },
    DescribeSecurityGroups: async (request, forward) => {
      const hidden = [...further.of(request).values()].flat();
      const reply = await forward();
      if (hidden.length === 0 || !isSuccess(reply)) return reply;
      const ids = Object.fromEntries(hidden.map((id, index) => [`GroupId.${index + 1}`, id]));
      const more = findAll(await describe(forward, "DescribeSecurityGroups", ids), "securityGroupInfo", "item");
      return editXml(reply, (root) => {
        for (const info of findAll(root, "securityGroupInfo")) {
          info.children = info.children.filter((group) => !hidden.includes(textOf(group, "groupId")));
          for (const group of info.children) {
            const own = further.of(request).get(textOf(group, "groupId")) ?? [];
            for (const other of more) if (own.includes(textOf(other, "groupId"))) addPermissions(group, other);
          }
        }
      });
    },
    DeleteSecurityGroup: async (request, forward) => {
      const [group = "", ...ids] = groupsOf(request);
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      for (const GroupId of ids) await call(forward, "DeleteSecurityGroup", { GroupId });
      further.of(request).delete(group);
      return reply;
    },
  };
}

async function rulesOf(forward: Forward, id: string, isEgress: string): Promise<number> {
  const described = await describe(forward, "DescribeSecurityGroupRules", filterOf(id));
  const rules = findAll(described, "securityGroupRuleSet", "item");
  return rules.filter((rule) => textOf(rule, "isEgress") === isEgress).length;
}

function filterOf(group: string): Record<string, string> {
  return { "Filter.1.Name": "group-id", "Filter.1.Value.1": group };
}

function addPermissions(group: Element, other: Element): void {
  for (const name of ["ipPermissions", "ipPermissionsEgress"]) {
    const own = find(group, name);
    if (own) own.children.push(...findAll(other, name, "item"));
  }
}
