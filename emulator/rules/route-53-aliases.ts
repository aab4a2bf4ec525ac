import { dnsName } from "../wire/dns-name";
import { object, objects, text } from "../wire/json";
import { loadBalancers } from "./elastic-load-balancing/resources";
import type { RuleSet } from "./rule";

/** The names of load balancers of the emulated AWS; those of others have a longer number. */
const ofBalancer = /^(?:dualstack\.)?([^.]+-1\.([a-z0-9-]+)\.elb\.amazonaws\.com)\.?$/;

/** Rules of records that are aliases of load balancers, which can be in any account and Region. */
export function loadBalancerAliases(): RuleSet {
  const names = new Set<string>();
  const namesOfArns = new Map<string, string>();
  return {
    rules: [
      {
        name: "alias-of-load-balancer-not-found",
        service: "route53",
        operations: ["ChangeResourceRecordSets"],
        code: "InvalidChangeBatch",
        rule: "The load balancer to which an alias refers exists.",
        source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
        refuse: async ({ input, ask }) => {
          for (const { Action, ResourceRecordSet } of objects(object(input.ChangeBatch).Changes)) {
            const { AliasTarget, Type } = object(ResourceRecordSet);
            const { HostedZoneId, DNSName } = object(AliasTarget);
            const [, name = "", region = ""] = ofBalancer.exec(dnsName(text(DNSName))) ?? [];
            if (Action === "DELETE" || name === "" || names.has(name)) continue;
            const own = await loadBalancers((operation, page, service) => ask(operation, page, service, region));
            if (own.some((balancer) => text(balancer.DNSName).toLowerCase() === name)) continue;
            return `[Tried to create an alias that targets ${dnsName(text(DNSName))}, type ${text(Type)} in zone ${text(HostedZoneId)}, but that target was not found]`;
          }
          return undefined;
        },
      },
    ],
    observers: [
      {
        service: "elasticloadbalancing",
        operations: ["CreateLoadBalancer"],
        observe: (_, { LoadBalancers }) => {
          for (const { LoadBalancerArn, DNSName } of objects(LoadBalancers)) {
            names.add(text(DNSName).toLowerCase());
            namesOfArns.set(text(LoadBalancerArn), text(DNSName).toLowerCase());
          }
        },
      },
      {
        service: "elasticloadbalancing",
        operations: ["DeleteLoadBalancer"],
        observe: ({ input }) => {
          names.delete(namesOfArns.get(text(input.LoadBalancerArn)) ?? "");
        },
      },
    ],
  };
}
