import { parseStage } from "../../schema/loader";
import { ConfigError } from "../../schema/problems";
import { minimalDomain, minimalService, minimalStage } from "../fixtures/stage";

const existing = { source: "existing", arn: "arn:aws:acm:us-east-1:111122223333:certificate/0a" };
const authorization = { userPool: { source: "create" } };
const pool = {
  source: "existing",
  arn: "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbC123",
  clientIds: ["abc123"],
  domain: "shop",
};

function problems(hosts: readonly string[], ingress: object = {}, route: object = {}): string {
  const found = parseStage("config/dev/dev01/us-east-1-dev01.ts", {
    ...minimalStage,
    services: { orders: { ...minimalService, routes: [{ route: "/*", hosts, ...route }] } },
    ingress: { kind: "alb", domain: minimalDomain, ...ingress },
  }).problems;
  return found.length === 0 ? "" : new ConfigError(found).message;
}

describe("the hosts of a route", () => {
  it.each([
    ["the domain's name", "api.example.com"],
    ["another name of the hosted zone, in any case", "WWW.example.com"],
    ["the hosted zone", "example.com"],
    ["a wildcard for the first label", "*.example.com"],
  ])("may be %s", (_, host) => {
    expect(problems([host])).toBe("");
  });

  it.each([
    ["a name outside of the hosted zone", "www.example.org"],
    ["a wildcard outside of the hosted zone", "*.example.org"],
    ["a name that only ends like the hosted zone", "www.myexample.com"],
  ])("are refused with %s, which ACM cannot validate", (_, host) => {
    expect(problems([host])).toContain(
      `services.orders.routes[0].hosts[0]: "${host}" is outside of the hosted zone "example.com", in which ACM validates ` +
        'the certificate; write a name in the zone, or ingress.domain.certificate: { source: "existing", arn: ... }',
    );
  });

  it.each(["*", "api-*.example.com", "api.*.example.com", "ap?.example.com", "-api.example.com"])(
    "are refused with %s, which cannot be on a certificate",
    (host) => {
      expect(problems([host])).toContain(
        `hosts[0]: "${host}" cannot be on a certificate of ACM; write host names, such as "www.example.com" or ` +
          '"*.example.com", or ingress.domain.certificate: { source: "existing", arn: ... }',
      );
    },
  );

  it("may be any with an existing certificate", () => {
    const domain = { ...minimalDomain, certificate: existing };
    expect(problems(["www.example.org", "api-*.example.com"], { domain })).toBe("");
  });

  it("are refused with a wildcard where users sign in, as Cognito redirects to exact URLs", () => {
    expect(problems(["www.example.com"], { authorization })).toBe("");
    expect(problems(["*.example.com"], { authorization })).toMatch(
      /hosts\[0\]: "\*\.example\.com" has no sign-in, as Cognito redirects to exact URLs only; write each host name/,
    );
  });

  it("may have a wildcard where no route needs a sign-in, or with an existing pool, whose URLs are managed elsewhere", () => {
    expect(problems(["*.example.com"], { authorization }, { public: true })).toBe("");
    expect(problems(["*.example.com"], { authorization: { userPool: pool } })).toBe("");
  });
});

describe("an existing user pool of an ALB", () => {
  it.each([
    ["another region", pool.arn.replace("us-east-1:", "eu-west-1:")],
    ["another account", pool.arn.replace("111122223333", "444455556666")],
  ])("is refused in %s", (_, arn) => {
    expect(problems(["api.example.com"], { authorization: { userPool: { ...pool, arn } } })).toMatch(
      /userPool.arn: .* must be a user pool of us-east-1 in the stage's account, as an ALB accepts no other; write another ARN, or choose an API/,
    );
  });
});
