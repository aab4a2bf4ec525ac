import { loadStages, stackName } from "../../schema";
import { violatedRules } from "../../policy/check-stack";
import { PolicyStack } from "../../policy/rule";
import { rules, type RuleId } from "../../policy/rules";
import { computeBreaks } from "./breaks/compute";
import { connectionBreaks } from "./breaks/connections";
import { guardBreaks } from "./breaks/guards";
import { ingressBreaks } from "./breaks/ingress";
import { jobBreaks } from "./breaks/jobs";
import { networkBreaks } from "./breaks/network";
import { publicBreaks } from "./breaks/public";
import { storeBreaks } from "./breaks/stores";
import { Edit, type Break } from "./edit";
import { publicStage, rendered } from "./synthesized-stages";

const violated = (json: unknown) => [...new Set(violatedRules(new PolicyStack(json), rules).map(({ id }) => id))];

// With both NAT gateways and VPC endpoints, more rules apply to it than to prod01 in us-east-1.
const shipped = loadStages().find((stage) => stackName(stage) === "prod01-eu-west-1");
if (shipped === undefined) throw new Error("there is no prod01-eu-west-1");

const production = rendered(shipped);
const onInternet = rendered(publicStage);

const inProduction = {
  ...networkBreaks,
  ...connectionBreaks,
  ...computeBreaks,
  ...ingressBreaks,
  ...guardBreaks,
  ...storeBreaks,
};
const breaks: Record<RuleId, Break> = { ...inProduction, ...publicBreaks };

describe.each([
  ["prod01", production, inProduction],
  ["the job of prod01", production, jobBreaks],
  ["a public ALB of production", onInternet, publicBreaks],
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
  expect(Object.keys(breaks).sort()).toEqual(Object.keys(rules).sort());
});
