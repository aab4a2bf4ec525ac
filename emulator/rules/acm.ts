import { list, object, objects, text } from "../wire/json";
import { listenersOf, loadBalancers } from "./elastic-load-balancing/resources";
import type { RuleCall, RuleSet } from "./rule";

type Ask = RuleCall["ask"];

/** Rules of the certificates of ACM. */
export function acm(): RuleSet {
  return {
    rules: [
      {
        name: "certificate-in-use",
        service: "acm",
        operations: ["DeleteCertificate"],
        code: "ResourceInUseException",
        rule: "A certificate of a listener or of a domain name of API Gateway cannot be deleted.",
        source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html",
        refuse: async ({ input, ask, account }) => {
          const arn = text(input.CertificateArn);
          const isInUse = (await ofListeners(ask)).includes(arn) || (await ofDomainNames(ask)).includes(arn);
          return isInUse ? `Certificate ${arn} in account ${account} is in use.` : undefined;
        },
      },
    ],
  };
}

async function ofListeners(ask: Ask): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { LoadBalancerArn } of await loadBalancers(ask)) {
    for (const { ListenerArn, Certificates } of await listenersOf(ask, text(LoadBalancerArn))) {
      const more = await ask("DescribeListenerCertificates", { ListenerArn }, "elasticloadbalancing");
      const all = [...objects(Certificates), ...objects(more.Certificates)];
      found.push(...all.map(({ CertificateArn }) => text(CertificateArn)));
    }
  }
  return found;
}

async function ofDomainNames(ask: Ask): Promise<readonly string[]> {
  // Both kinds of API have a GetDomainNames: only that of REST APIs takes a limit.
  const rest = objects((await ask("GetDomainNames", { limit: 500 }, "apigateway")).items);
  const http = objects((await ask("GetDomainNames", { MaxResults: "500" }, "apigateway")).Items);
  return [
    ...rest.flatMap(({ certificateArn, regionalCertificateArn }) => [
      text(certificateArn),
      text(regionalCertificateArn),
    ]),
    ...http.flatMap(({ DomainNameConfigurations }) =>
      list(DomainNameConfigurations).map((configuration) => text(object(configuration).CertificateArn)),
    ),
  ];
}
