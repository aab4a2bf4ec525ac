import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import type { Times } from "../../time";
import { formElements, formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { Transitions } from "../transitions";

const enforce = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
const version = "2015-12-01";

/**
 * moto loses the addresses of a Network Load Balancer and whether its security groups apply to PrivateLink traffic, returns the state
 * `provisioning` at first, no scheme where the request has none, and replaces a load balancer with its listeners when it is created again; affects `aws_lb` (`subnet_mapping`,
 * `enforce_security_group_inbound_rules_on_private_link_traffic`, and the time of its creation).
 */
export function loadBalancers({ pendingSeconds = 0, clock }: Times): Handlers {
  const enforced = new Store<string>();
  const addresses = new Store<readonly URLSearchParams[]>();
  const transitions = new Transitions(pendingSeconds, clock);

  const complete = (request: AwsRequest, root: Element): void => {
    for (const balancer of findAll(root, `${request.operation}Result`, "LoadBalancers", "member")) {
      const arn = textOf(balancer, "LoadBalancerArn");
      // The same action describes Classic Load Balancers, which have neither.
      if (!arn) continue;
      if (request.operation === "CreateLoadBalancer") transitions.begin(request, arn, "provisioning");
      const state = transitions.of(request, arn) ?? "active";
      setChild(balancer, element("State", [element("Code", state)]));
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
      if (textOf(balancer, "Scheme") === "") setChild(balancer, element("Scheme", "internet-facing"));
      const value = enforced.of(request).get(arn);
      if (value !== undefined) setChild(balancer, element(enforce, value));
      addAddresses(balancer, addresses.of(request).get(arn) ?? []);
    }
  };

  return {
    CreateLoadBalancer: async (request, forward) => {
      const found = await existing(request, forward);
      return editXml(found ?? (await forward()), (root) => {
        const arn = textOf(root, "CreateLoadBalancerResult", "LoadBalancers", "member", "LoadBalancerArn");
        if (!found) addresses.of(request).set(arn, formObjects(request.form, "SubnetMappings"));
        complete(request, root);
      });
    },
    SetSubnets: async (request, forward) =>
      editXml(await forward(), (root) => {
        const mappings = formObjects(request.form, "SubnetMappings");
        addresses.of(request).set(request.form.get("LoadBalancerArn") ?? "", mappings);
        addAddresses(find(root, "SetSubnetsResult"), mappings);
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
  };
}

/** Adds the addresses that a request gave the load balancer in each zone. */
function addAddresses(balancer: Element | undefined, mappings: readonly URLSearchParams[]): void {
  for (const zone of balancer ? findAll(balancer, "AvailabilityZones", "member") : []) {
    const mapping = mappings.find((each) => each.get("SubnetId") === textOf(zone, "SubnetId"));
    const given = mapping ? formElements(mapping, "AllocationId", "PrivateIPv4Address", "IPv6Address") : [];
    if (given.length > 0) setChild(zone, element("LoadBalancerAddresses", [element("member", given)]));
  }
}

/**
 * The reply with the load balancer of that name, when there is one: a request with other settings is refused before.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
async function existing({ form }: AwsRequest, forward: Forward): Promise<Reply | undefined> {
  const name = form.get("Name");
  // A Classic Load Balancer has a LoadBalancerName.
  if (name === null) return undefined;
  const body = new URLSearchParams({ Action: "DescribeLoadBalancers", Version: version, "Names.member.1": name });
  const reply = await forward({ body: body.toString() });
  if (!isSuccess(reply)) return undefined;
  const result = find(parseXml(reply.body), "DescribeLoadBalancersResult");
  if (!result || findAll(result, "LoadBalancers", "member").length === 0) return undefined;
  return editXml(reply, (root) => {
    for (const child of findAll(root, "DescribeLoadBalancersResult")) {
      root.children = [element("CreateLoadBalancerResult", child.children)];
    }
  });
}
