import type { AwsRequest, Gap } from "../proxy/gap";
import { Store } from "../store";
import { editXml, isSuccess } from "../wire/reply";
import { element, findAll, setChild, textOf, type Element } from "../wire/xml";

const enforce = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

/**
 * moto loses whether the security groups of a Network Load Balancer apply to PrivateLink traffic, and returns the state
 * `provisioning` at first; affects `aws_lb` (`enforce_security_group_inbound_rules_on_private_link_traffic`, and the time
 * of its creation).
 */
export function elasticLoadBalancing(): Gap {
  const enforced = new Store<string>();

  const complete = (request: AwsRequest, root: Element): void => {
    for (const balancer of findAll(root, `${request.operation}Result`, "LoadBalancers", "member")) {
      const arn = textOf(balancer, "LoadBalancerArn");
      // The same action describes Classic Load Balancers, which have neither.
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
