import type { AwsRequest, Gap } from "../proxy/gap";
import { editXml, isSuccess } from "../wire/edit";
import { Memory } from "../wire/memory";
import { element, findAll, setChild, textOf, type Element } from "../wire/xml";

const enforce = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

/**
 * moto forgets whether a network load balancer's security groups apply to PrivateLink traffic, and lets it provision for a
 * while; shown by `aws_lb` (`enforce_security_group_inbound_rules_on_private_link_traffic`, and its creation time).
 */
export function elasticLoadBalancing(): Gap {
  const enforced = new Memory<string>();

  const complete = (request: AwsRequest, root: Element): void => {
    for (const balancer of findAll(root, `${request.operation}Result`, "LoadBalancers", "member")) {
      const arn = textOf(balancer, "LoadBalancerArn");
      // A classic load balancer is described by the same action and has neither.
      if (!arn) continue;
      setChild(balancer, element("State", [element("Code", "active")]));
      const value = enforced.of(request).get(arn);
      if (value !== undefined) setChild(balancer, element(enforce, value));
    }
  };

  return {
    service: "elasticloadbalancing",
    handlers: {
      CreateLoadBalancer: async (request, forward) =>
        editXml(await forward(), (root) => {
          complete(request, root);
        }),
      DescribeLoadBalancers: async (request, forward) =>
        editXml(await forward(), (root) => {
          complete(request, root);
        }),
      SetSecurityGroups: async (request, forward) => {
        const value = request.form.get(enforce);
        const reply = await forward();
        if (value !== null && isSuccess(reply)) {
          enforced.of(request).set(request.form.get("LoadBalancerArn") ?? "", value);
        }
        return reply;
      },
    },
  };
}
