import { violatedRules } from "../../policy/check-stack";
import { PolicyStack } from "../../policy/rule";
import { rules, type RuleId } from "../../policy/rules";
import { fixtureStage } from "../fixtures/config";
import { Edit, type Change } from "./edit";
import { publicStage, rendered } from "./synthesized-stages";
import { computeViolations } from "./violations/compute";
import { connectionViolations } from "./violations/connections";
import { dataServiceViolations } from "./violations/data-services";
import { ingressViolations } from "./violations/ingress";
import { jobViolations } from "./violations/jobs";
import { networkViolations } from "./violations/network";
import { publicIngressViolations } from "./violations/public-ingress";
import { securityViolations } from "./violations/security";

const violated = (json: unknown) => [...new Set(violatedRules(new PolicyStack(json), rules).map(({ id }) => id))];

// With both NAT gateways and VPC endpoints, more rules apply to it than to prod01 in us-east-1.
const production = rendered(fixtureStage("prod01-eu-west-1"));
const onInternet = rendered(publicStage);

const inProduction = {
  ...networkViolations,
  ...connectionViolations,
  ...computeViolations,
  ...ingressViolations,
  ...securityViolations,
  ...dataServiceViolations,
};
const allChanges: Record<RuleId, Change> = { ...inProduction, ...publicIngressViolations };

describe.each([
  ["prod01", production, inProduction],
  ["the job of prod01", production, jobViolations],
  ["a public ALB of production", onInternet, publicIngressViolations],
] as const)("%s", (_, json, changes) => {
  it("violates no rule", () => {
    expect(violated(json)).toEqual([]);
  });

  it.each(Object.entries(changes))("violates only %s after one change", (rule, change) => {
    const edit = new Edit(json);
    change(edit);
    expect(violated(edit.json)).toEqual([rule]);
  });
});

it("every rule has a change that violates it", () => {
  expect(Object.keys(allChanges).sort()).toEqual(Object.keys(rules).sort());
});
