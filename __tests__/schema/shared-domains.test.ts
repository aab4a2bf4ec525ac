import { sharedDomains } from "../../schema/checks/across-stages";
import { stageWith, minimalDomain, ingresses } from "../fixtures/stage";

type Routing = { policy: "simple" } | { policy: "latency" } | { policy: "failover"; role: "primary" | "secondary" };

const file = (region: "us-east-1" | "eu-west-1", routing: Routing, accountId = "111122223333") => ({
  file: `${region}.ts`,
  content: stageWith({
    region,
    accountId,
    network: { cidr: "10.0.0.0/16", zones: [`${region}a`, `${region}b`], egress: { mode: "vpc-endpoints" } },
    ingress: { ...ingresses["rest-api via nlb"], domain: { ...minimalDomain, routing } },
  }),
});
const all = { isChosen: () => true, isComplete: true };
const problemsOf = (...files: ReturnType<typeof file>[]) =>
  sharedDomains(files, all).map((problem) => `${problem.file} ${problem.field}: ${problem.message}`);

const latency = { policy: "latency" } as const;
const primary = { policy: "failover", role: "primary" } as const;
const secondary = { policy: "failover", role: "secondary" } as const;

describe("a domain that stacks share", () => {
  it.each([
    ["latency in two regions", latency, latency],
    ["a primary and a secondary", primary, secondary],
  ])("is accepted with %s", (_, here, there) => {
    expect(problemsOf(file("us-east-1", here), file("eu-west-1", there))).toEqual([]);
  });

  it("is accepted alone with latency", () => {
    expect(problemsOf(file("us-east-1", latency))).toEqual([]);
  });

  it("is refused with failover in one region", () => {
    expect(problemsOf(file("us-east-1", primary))).toEqual([
      expect.stringMatching(/routing.policy: has no second region; add the stack of the other role/),
    ]);
  });

  it("is refused with two primaries", () => {
    expect(problemsOf(file("us-east-1", primary), file("eu-west-1", primary))).toEqual([
      expect.stringMatching(
        /^us-east-1.ts .*routing.role: clashes with eu-west-1.ts; have one primary and one secondary/,
      ),
      expect.stringMatching(/^eu-west-1.ts .*clashes with us-east-1.ts/),
    ]);
  });

  it("is refused with different routing policies", () => {
    expect(problemsOf(file("us-east-1", { policy: "simple" }), file("eu-west-1", latency))).toEqual([
      expect.stringMatching(/routing.policy: does not agree with eu-west-1.ts; write "latency" in all stacks/),
      expect.stringMatching(/routing.policy: does not agree with us-east-1.ts/),
    ]);
  });

  it("is refused when two stacks share a region, or are in two accounts", () => {
    expect(problemsOf(file("us-east-1", latency), file("us-east-1", latency))[0]).toMatch(
      /in the same region; write another name/,
    );
    expect(problemsOf(file("us-east-1", latency), file("eu-west-1", latency, "444455556666"))[0]).toMatch(
      /in another account; write another name/,
    );
  });
});
