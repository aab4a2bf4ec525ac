import { ingressKinds, type Answers, type IngressKind } from "../../../../cli/commands/init/answers";
import { configurationFiles } from "../../../../cli/commands/init/templates/files";
import { jobsFor } from "../../../../cli/commands/pipeline/generate/jobs";
import { pipelineStacks } from "../../../../cli/commands/pipeline/generate/stacks";
import { stackName } from "../../../../schema";
import { answersWith, configurationFor, elsewhere, live, testing, withDomain } from "./answers";

const accounts = { "one account": [testing, live], "two accounts": [testing, elsewhere(live)] } as const;
const states = { s3: { backend: "s3" }, gitlab: { backend: "gitlab", projectId: 42 } } as const;
const regions = { "one region": ["eu-central-1"], "two regions": ["eu-central-1", "us-west-1"] } as const;

type Combination = readonly [IngressKind, keyof typeof states, keyof typeof regions, keyof typeof accounts];

/** Every kind of ingress with every other answer, and every combination of the other answers, in as few as possible. */
const combinations: readonly Combination[] = [
  ["rest-api", "s3", "one region", "one account"],
  ["rest-api", "gitlab", "two regions", "two accounts"],
  ["http-api", "s3", "one region", "two accounts"],
  ["http-api", "gitlab", "two regions", "one account"],
  ["alb", "s3", "two regions", "one account"],
  ["alb", "gitlab", "one region", "two accounts"],
  ["nlb", "s3", "two regions", "two accounts"],
  ["nlb", "gitlab", "one region", "one account"],
];

const textOf = (fields: Partial<Answers>, path: string) => configurationFiles(answersWith(fields)).get(path) ?? "";

describe("the configuration that npm run init writes", () => {
  it.each(combinations)(
    "loads and holds to the policy with %s, state in %s, %s and %s",
    (ingress, state, regionCount, accountCount) => {
      const answers = answersWith({
        ingress,
        state: states[state],
        regions: [...regions[regionCount]],
        environments: accounts[accountCount].map(withDomain),
      });
      const { stages, accounts: written } = configurationFor(answers);
      const expected = regions[regionCount].flatMap((region) => [`live01-${region}`, `test01-${region}`]);
      expect(stages.map(stackName).sort()).toEqual(expected.sort());
      expect(written).toHaveLength(accountCount === "one account" ? 1 : 2);
    },
  );

  it.each(["rest-api", "http-api"] as const)("needs no domain with %s", (ingress) => {
    const { stages } = configurationFor(answersWith({ ingress }));
    expect(stages.map(({ ingress: { domain } }) => domain)).toEqual([undefined, undefined]);
  });

  it("applies the rules for production to the environment that is production, whatever its name", () => {
    const withoutWaf = (text: string) => text.replace(/waf: .*/, "");
    expect(() => configurationFor(answersWith(), withoutWaf)).toThrow(/live01-eu-central-1[^]*api-waf/);
    const environments = [testing, { ...elsewhere(live), production: false }];
    expect(() => configurationFor(answersWith({ environments }), withoutWaf)).not.toThrow();
  });

  it("gives a production stage the manual gate and the tier of production in the pipeline, and another stage neither", () => {
    const { stages, accounts: written } = configurationFor(answersWith());
    const gates = pipelineStacks(stages, written).map((stack) => {
      const { [`apply ${stack.name}`]: apply } = jobsFor({ stack, steps: ["plan", "apply"] });
      return [stack.name, apply?.when, apply?.environment];
    });
    expect(gates).toEqual([
      ["live01-eu-central-1", "manual", expect.objectContaining({ deployment_tier: "production" })],
      ["test01-eu-central-1", undefined, expect.objectContaining({ deployment_tier: "development" })],
    ]);
  });

  it("releases production by tags, and other stages from main", () => {
    const { stages, accounts: written } = configurationFor(answersWith());
    expect(pipelineStacks(stages, written).map(({ name, deploysFrom }) => [name, deploysFrom])).toEqual([
      ["live01-eu-central-1", { branches: [], tags: ["v*"] }],
      ["test01-eu-central-1", { branches: ["main"], tags: [] }],
    ]);
  });

  it.each(ingressKinds)("holds nothing of the example with %s", (ingress) => {
    const environments = [testing, live].map(withDomain);
    const all = [...configurationFiles(answersWith({ ingress, environments }))].flat().join("\n");
    expect(all).not.toMatch(/appname|example\.com|111122223333|444455556666/);
  });

  it("makes one account file the home of each account", () => {
    const environments = [testing, live];
    const { accounts: written } = configurationFor(
      answersWith({ environments, regions: ["eu-central-1", "eu-west-1"] }),
    );
    expect(written.map(({ home, regions }) => ({ home, regions }))).toEqual([
      { home: true, regions: ["eu-central-1", "eu-west-1"] },
    ]);
  });

  it("gives each stage a CIDR block of its own, one after the other", () => {
    const answers = answersWith({ cidr: "10.255.254.0/23", regions: ["eu-central-1"], environments: [testing] });
    expect(configurationFor(answers).stages.map(({ network: { cidr } }) => cidr)).toEqual(["10.255.254.0/23"]);
    const { stages } = configurationFor(answersWith({ cidr: "10.9.254.0/23" }));
    expect(stages.map(({ network: { cidr } }) => cidr)).toEqual(["10.10.0.0/23", "10.9.254.0/23"]);
  });

  it("writes three zones for production, two for others, and those that a region has", () => {
    const answers = answersWith({ regions: ["ca-central-1"] });
    expect(configurationFor(answers).stages.map(({ network: { zones } }) => zones)).toEqual([
      ["ca-central-1a", "ca-central-1b", "ca-central-1d"],
      ["ca-central-1a", "ca-central-1b"],
    ]);
  });

  it("writes no recipient of alarms when there is none", () => {
    const { stages } = configurationFor(answersWith({ email: undefined }));
    expect(stages[0]?.monitoring?.alarms?.email).toEqual([]);
  });

  it("deletes the database of a stage that is not production with the stage", () => {
    const { stages } = configurationFor(answersWith({ environments: [{ ...testing, postgres: true }] }));
    expect(stages[0]?.data.postgres).toMatchObject({ deletionProtection: false, finalSnapshot: false });
  });

  it("chooses a prefix for the user pool's domain when Cognito refuses the one of app and stage", () => {
    const { stages } = configurationFor(answersWith({ app: "aws-shop" }));
    expect(stages[0]?.ingress).toMatchObject({
      authorization: { userPool: { domainPrefix: "users-222222222222-2" } },
    });
  });

  it("shortens the name of an account to what AWS accepts", () => {
    const { accounts: written } = configurationFor(answersWith({ app: "a-shop-with-a-long-name" }));
    expect(written.map(({ alias }) => alias)).toEqual(["a-shop-with-a-long-live", "a-shop-with-a-long-test"]);
  });

  it("writes the ARNs of the region's partition", () => {
    expect(textOf({ regions: ["us-gov-west-1"] }, "live/defaults.ts")).toContain("`arn:aws-us-gov:iam::${accountId}:");
  });

  it("writes the account ID of an environment once, in its defaults", () => {
    const files = [...configurationFiles(answersWith({ state: { backend: "gitlab", projectId: 42 } }))];
    const withId = files.filter(([, text]) => text.includes('"222222222222"')).map(([path]) => path);
    expect(withId).toEqual(["live/defaults.ts"]);
  });
});
