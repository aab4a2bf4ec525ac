import { loadStages, stackName } from "../../schema";
import { brokenRules } from "../../policy/check-stack";
import { ReadStack } from "../../policy/read-stack";
import { rules, type RuleId } from "../../policy/rules";
import { computeBreaks } from "./breaks/compute";
import { flowBreaks } from "./breaks/flows";
import { guardBreaks } from "./breaks/guards";
import { ingressBreaks } from "./breaks/ingress";
import { jobBreaks } from "./breaks/jobs";
import { networkBreaks } from "./breaks/network";
import { publicBreaks } from "./breaks/public";
import { storeBreaks } from "./breaks/stores";
import { Edit, type Break } from "./edit";
import { publicStage, rendered } from "./synthesized-stages";

const broken = (json: unknown) => [...new Set(brokenRules(new ReadStack("it", json), rules).map(({ rule }) => rule))];

// With NAT gateways and endpoints both, it has more to break than prod01 in us-east-1.
const shipped = loadStages().find((stage) => stackName(stage) === "prod01-eu-west-1");
if (shipped === undefined) throw new Error("there is no prod01-eu-west-1");

const production = rendered(shipped);
const onInternet = rendered(publicStage);

const inProduction = {
  ...networkBreaks,
  ...flowBreaks,
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
  it("breaks no rule", () => {
    expect(broken(json)).toEqual([]);
  });

  it.each(Object.entries(changes))("breaks %s, and no other rule, by one change", (rule, change) => {
    const edit = new Edit(json);
    change(edit);
    expect(broken(edit.json)).toEqual([rule]);
  });
});

it("every rule is broken on purpose", () => {
  expect(Object.keys(breaks).sort()).toEqual(Object.keys(rules).sort());
});
