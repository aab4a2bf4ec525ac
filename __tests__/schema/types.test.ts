import { parseStage } from "../../schema/loader";
import type { StageInput } from "../../schema";
import { minimalDomain, minimalStage, ingresses } from "../fixtures/stage";

type Ingress = StageInput["ingress"];
type Size = StageInput["services"][string]["size"];

const authorization = { userPool: { source: "create" } } as const;
const restApi = ingresses["rest-api via nlb"];
const noZone = { name: "api.example.com", certificate: { source: "create" } } as const;
const noArn = { ...minimalDomain, certificate: { source: "existing" } } as const;
const noRole = { ...minimalDomain, routing: { policy: "failover" } } as const;

// Each line below a directive is an error for the compiler; without one, the directive itself is.

// @ts-expect-error WAF cannot be attached to an HTTP API
const wafOnHttpApi: Ingress = { ...ingresses["http-api"], waf: {} };
// @ts-expect-error WAF cannot be attached to an NLB
const wafOnNlb: Ingress = { ...ingresses.nlb, waf: {} };
// @ts-expect-error an NLB cannot sign callers in
const authorizationOnNlb: Ingress = { ...ingresses.nlb, authorization };
// @ts-expect-error an ALB without a domain has no HTTPS
const albWithoutHttps: Ingress = { kind: "alb", authorization };
// @ts-expect-error a domain needs a hosted zone
const domainWithoutZone: Ingress = { ...restApi, domain: noZone };
// @ts-expect-error a certificate that exists has an ARN
const certificateWithoutArn: Ingress = { ...restApi, domain: noArn };
// @ts-expect-error failover needs a role
const failoverWithoutRole: Ingress = { ...restApi, domain: noRole };
// @ts-expect-error Fargate has no such pair
const wrongSize: Size = { cpu: 256, memoryMiB: 4096 };

describe("invalid input at compile time", () => {
  it.each(
    Object.entries({
      wafOnHttpApi,
      wafOnNlb,
      authorizationOnNlb,
      albWithoutHttps,
      domainWithoutZone,
      certificateWithoutArn,
      failoverWithoutRole,
    }),
  )("is refused as well when it is loaded: %s", (_, ingress) => {
    expect(parseStage("stage.ts", { ...minimalStage, ingress }).problems).not.toEqual([]);
  });

  it("is refused as well when it is loaded: wrongSize", () => {
    const services = { orders: { ...minimalStage.services.orders, size: wrongSize } };
    expect(parseStage("stage.ts", { ...minimalStage, services }).problems).not.toEqual([]);
  });
});
