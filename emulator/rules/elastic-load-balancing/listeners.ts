import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { listenersOf, loadBalancerArnOf, reference, rulesOf, service } from "./resources";

/** Rules of listeners and their rules: ports, priorities, certificates. */
export function listenerRules(rulesPerLoadBalancer: number): readonly Rule[] {
  return [
    {
      name: "listener-port-in-use",
      service,
      operations: ["CreateListener", "ModifyListener"],
      code: "DuplicateListener",
      rule: "A load balancer has one listener for each port.",
      source: `${reference}/API_CreateListener.html`,
      refuse: async (call) => {
        const { input, ask } = call;
        const arn = loadBalancerOf(call);
        const isInUse = (await listenersOf(ask, arn)).some(
          ({ Port, ListenerArn }) => Port === input.Port && ListenerArn !== input.ListenerArn,
        );
        return isInUse ? `A listener already exists on this port for this load balancer '${arn}'` : undefined;
      },
    },
    {
      name: "default-rule-deleted",
      service,
      operations: ["DeleteRule"],
      code: "OperationNotPermitted",
      rule: "The default rule of a listener cannot be deleted.",
      source: `${reference}/API_DeleteRule.html`,
      refuse: async ({ input, ask }) => {
        const arn = text(input.RuleArn);
        const { Rules } = await ask("DescribeRules", { RuleArns: [arn] });
        return objects(Rules).some(({ IsDefault }) => IsDefault === true)
          ? `Default rule '${arn}' cannot be deleted`
          : undefined;
      },
    },
    {
      name: "too-many-rules",
      service,
      operations: ["CreateRule"],
      code: "TooManyRules",
      rule: "An Application Load Balancer has at most 100 rules, default rules not counted.",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
      refuse: async (call) => {
        const listeners = await listenersOf(call.ask, loadBalancerOf(call));
        const rules = await Promise.all(listeners.map(({ ListenerArn }) => rulesOf(call.ask, text(ListenerArn))));
        return rules.flat().filter(({ IsDefault }) => IsDefault !== true).length >= rulesPerLoadBalancer
          ? `The maximum number of rules on load balancer '${loadBalancerOf(call)}' has been reached`
          : undefined;
      },
    },
    {
      name: "listener-without-certificate",
      service,
      operations: ["CreateListener"],
      code: "ValidationError",
      rule: "A listener with HTTPS or TLS has a certificate.",
      source: `${reference}/API_CreateListener.html`,
      refuse: ({ input }) =>
        ["HTTPS", "TLS"].includes(text(input.Protocol)) && objects(input.Certificates).length === 0
          ? `A certificate must be specified for ${text(input.Protocol)} listeners`
          : undefined,
    },
    {
      name: "listener-certificate-unknown",
      service,
      operations: ["CreateListener", "ModifyListener", "AddListenerCertificates"],
      code: "CertificateNotFound",
      rule: "The certificate of a listener exists in the region of its load balancer.",
      source: `${reference}/API_CreateListener.html`,
      refuse: async (call) => {
        const unknown = (await certificatesOf(call)).find(({ status }) => status === "");
        return unknown && `Certificate '${unknown.arn}' not found`;
      },
    },
    {
      name: "listener-certificate-not-issued",
      service,
      operations: ["CreateListener", "ModifyListener", "AddListenerCertificates"],
      code: "UnsupportedCertificate",
      rule: "The certificate of a listener is issued.",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
      refuse: async (call) => {
        const pending = (await certificatesOf(call)).find(({ status }) => status !== "" && status !== "ISSUED");
        return (
          pending &&
          `The certificate '${pending.arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`
        );
      },
    },
  ];
}

/** The load balancer of the listener or rule of a call. */
export function loadBalancerOf({ input }: RuleCall): string {
  const { LoadBalancerArn, ListenerArn, RuleArn } = input;
  return LoadBalancerArn === undefined ? loadBalancerArnOf(text(RuleArn ?? ListenerArn)) : text(LoadBalancerArn);
}

/** The certificates of ACM in the request, with status "" when they do not exist. */
async function certificatesOf({
  input,
  ask,
}: RuleCall): Promise<readonly { readonly arn: string; readonly status: string }[]> {
  const arns = objects(input.Certificates)
    .map(({ CertificateArn }: JsonObject) => text(CertificateArn))
    .filter((arn) => arn.includes(":acm:"));
  return Promise.all(
    arns.map(async (arn) => {
      const { Certificate } = await ask("DescribeCertificate", { CertificateArn: arn }, "acm");
      return { arn, status: text(object(Certificate).Status) };
    }),
  );
}
