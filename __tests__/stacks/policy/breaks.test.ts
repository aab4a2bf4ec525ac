import { loadStages, stackName } from "../../../config";
import { brokenRules } from "../../../stacks/policy/check-stack";
import { ReadStack } from "../../../stacks/policy/read-stack";
import { rules, type RuleId } from "../../../stacks/policy/rules";
import { comingBreaks } from "./breaks/coming";
import { computeBreaks } from "./breaks/compute";
import { guardBreaks } from "./breaks/guards";
import { ingressBreaks } from "./breaks/ingress";
import { networkBreaks } from "./breaks/network";
import { publicBreaks } from "./breaks/public";
import { Edit, type Break } from "./edit";
import { wellKept } from "./fixtures/well-kept";
import { publicStage, rendered } from "./synthesized-stages";

const broken = (json: unknown) => [...new Set(brokenRules(new ReadStack("it", json), rules).map(({ rule }) => rule))];

// With NAT gateways and endpoints both, it has more to break than prod01 in us-east-1.
const shipped = loadStages().find((stage) => stackName(stage) === "prod01-eu-west-1");
if (shipped === undefined) throw new Error("there is no prod01-eu-west-1");

const production = rendered(shipped);
const onInternet = rendered(publicStage);
const coming = new Edit(production);
coming.add(wellKept);

const inProduction = { ...networkBreaks, ...computeBreaks, ...ingressBreaks, ...guardBreaks };
const breaks: Record<RuleId, Break> = { ...inProduction, ...publicBreaks, ...comingBreaks };

describe.each([
  ["prod01", production, inProduction],
  ["a public ALB of production", onInternet, publicBreaks],
  ["prod01 with what is to come", coming.json, comingBreaks],
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
