import { SynthesizedAccount, accountWith } from "./synthesized-account";
import { mayAssume } from "./identity";

const aud = "https://gitlab.com";
const subject = (project: string, type: string, ref: string) => `project_path:${project}:ref_type:${type}:ref:${ref}`;

const identities = {
  main: { aud, sub: subject("group/shop", "branch", "main") },
  // A job of a merge request bears the source branch: https://docs.gitlab.com/ci/secrets/id_token_authentication/
  "a merge request of the project": { aud, sub: subject("group/shop", "branch", "feature/cart") },
  "a merge-request ref": { aud, sub: subject("group/shop", "branch", "refs/merge-requests/7/head") },
  "a branch that begins like main": { aud, sub: subject("group/shop", "branch", "main-2") },
  "a tag called main": { aud, sub: subject("group/shop", "tag", "main") },
  "a release tag": { aud, sub: subject("group/shop", "tag", "v1.2.0") },
  "a branch called like a release": { aud, sub: subject("group/shop", "branch", "v1.2.0") },
  "main of a fork": { aud, sub: subject("somebody/shop", "branch", "main") },
  "a release tag of a fork": { aud, sub: subject("somebody/shop", "tag", "v1.2.0") },
  "main of a project that begins alike": { aud, sub: subject("group/shop-2", "branch", "main") },
  "main of a project that ends alike": { aud, sub: subject("othergroup/shop", "branch", "main") },
  "main of a project in a subgroup": { aud, sub: subject("group/shop/shop", "branch", "main") },
  "main with the wrong audience": { aud: "https://vault.example.com", sub: subject("group/shop", "branch", "main") },
  "another way to write a subject": { aud, sub: "job_42" },
} as const;

const stages = [
  { permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/pipeline/shop-workload-boundary-us-east-1" },
  { stage: "prod01", environment: "prod", ingress: { kind: "http-api", throttling: { ratePerSecond: 1, burst: 1 } } },
] as const;

describe("the trust of the pipelines' roles", () => {
  const stack = new SynthesizedAccount(accountWith({ deploysFrom: { prod: { tags: ["v*"] } } }), ...stages);
  const whoBecomes = (role: string, of = stack, issuer = "gitlab.com") =>
    Object.entries(identities)
      .filter(([, identity]) => mayAssume(of.statements(`pipeline_${role}_trust`), issuer, identity))
      .map(([who]) => who);

  it("allows every branch of the project to plan, and no other identity", () => {
    expect(whoBecomes("plan")).toEqual([
      "main",
      "a merge request of the project",
      "a merge-request ref",
      "a branch that begins like main",
      "a branch called like a release",
    ]);
  });

  it("allows only main to deploy a stage that deploysFrom does not name", () => {
    expect(whoBecomes("dev01_us_east_1")).toEqual(["main"]);
  });

  it("allows only the configured tags to deploy", () => {
    expect(whoBecomes("prod01_us_east_1")).toEqual(["a release tag"]);
  });

  it("allows the configured branches and tags when both are given", () => {
    const both = accountWith({ deploysFrom: { dev: { branches: ["main"], tags: ["v*"] } } });
    expect(whoBecomes("dev01_us_east_1", new SynthesizedAccount(both, stages[0]))).toEqual(["main", "a release tag"]);
  });

  it("requires the configured audience", () => {
    const gitlab = { project: "group/shop", audience: "https://vault.example.com" };
    const other = new SynthesizedAccount(accountWith({ gitlab }), stages[0]);
    expect(whoBecomes("dev01_us_east_1", other)).toEqual(["main with the wrong audience"]);
  });

  it("uses the configured issuer, with one provider per account", () => {
    const gitlab = { project: "group/shop", url: "https://git.example.com/gitlab", audience: aud };
    const own = new SynthesizedAccount(accountWith({ gitlab }), stages[0]);
    expect(whoBecomes("dev01_us_east_1", own, "git.example.com/gitlab")).toEqual(["main"]);
    expect(own.json.resource.aws_iam_openid_connect_provider).toMatchObject({
      gitlab_issuer: { url: "https://git.example.com/gitlab", client_id_list: [aud] },
    });
    const existing = new SynthesizedAccount(accountWith({ gitlab: { ...gitlab, provider: "existing" } }), stages[0]);
    expect(existing.json.resource).not.toHaveProperty("aws_iam_openid_connect_provider");
    expect(existing.statements("pipeline_plan_trust")[0]?.principals).toEqual([
      { type: "Federated", identifiers: ["arn:aws:iam::111122223333:oidc-provider/git.example.com/gitlab"] },
    ]);
  });

  it("uses the provider of the home in the other files of the account", () => {
    const other = new SynthesizedAccount(accountWith({ home: false }), stages[0]);
    expect(other.json.resource).not.toHaveProperty("aws_iam_openid_connect_provider");
    expect(whoBecomes("dev01_us_east_1", other)).toEqual(["main"]);
    const gitlab = { project: "group/shop", provider: "manage" } as const;
    const managing = new SynthesizedAccount(accountWith({ home: false, gitlab }), stages[0]);
    expect(managing.json.resource).toHaveProperty("aws_iam_openid_connect_provider");
  });

  it("of an alias role allows only the configured roles, and no token", () => {
    const trustedRoleArns = ["arn:aws:iam::111122223333:role/runner"];
    const alias = new SynthesizedAccount(accountWith({ aliasRole: { name: "deployer", trustedRoleArns } }), stages[0]);
    expect(whoBecomes("alias", alias)).toEqual([]);
    expect(alias.statements("pipeline_alias_trust")).toMatchObject([
      { actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: trustedRoleArns }] },
    ]);
    expect(stack.statements("pipeline_alias_trust")).toEqual([]);
  });
});
