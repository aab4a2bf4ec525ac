import { parseStage } from "../../schema/loader";
import { ConfigError } from "../../schema/problems";
import { minimalDomain, minimalService, minimalStage, ingresses } from "../fixtures/stage";

function problems(fields: object): string {
  const found = parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, ...fields }).problems;
  return found.length === 0 ? "" : new ConfigError(found).message;
}

const restApi = (fields: object) => ({ ingress: { ...ingresses["rest-api via nlb"], ...fields } });
const httpApi = (fields: object) => ({ ingress: { ...ingresses["http-api"], ...fields } });
const alb = (fields: object) => ({ ingress: { ...ingresses.alb, ...fields } });
const nlb = (fields: object) => ({ ingress: { ...ingresses.nlb, ...fields } });
const domain = (fields: object) => restApi({ domain: { ...minimalDomain, ...fields } });
const routes = (...all: unknown[]) => ({ services: { orders: { ...minimalService, routes: all } } });
const created = { userPool: { source: "create" } };
const existing = {
  source: "existing",
  arn: "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_AbC123",
  clientIds: ["abc123"],
};

describe("the ingress", () => {
  it.each(Object.entries(ingresses))("accept %s with its required fields only", (_, ingress) => {
    expect(problems({ ingress })).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      'kind "elb"',
      { ingress: { kind: "elb" } },
      /ingress.kind: "elb" must be one of "rest-api", "http-api", "alb", "nlb"/,
    ],
    [
      "a REST API with an unknown path",
      restApi({ via: "clb" }),
      /ingress.via: "clb" must be one of "nlb", "nlb-alb", "alb"/,
    ],
    [
      "WAF on an HTTP API",
      httpApi({ waf: {} }),
      /ingress.waf: {} cannot be attached to an HTTP API; choose kind "rest-api"/,
    ],
    [
      "WAF on an NLB",
      nlb({ waf: {} }),
      /ingress.waf: {} cannot be attached to an NLB; choose kind "alb" or "rest-api"/,
    ],
    [
      "an authorization on an NLB",
      nlb({ authorization: created }),
      /ingress.authorization: .* is not supported by NLBs; choose kind "alb", "http-api" or "rest-api", or leave it out/,
    ],
    [
      "API keys on an HTTP API",
      httpApi({ apiKeys: {} }),
      /ingress.apiKeys: {} is not supported by HTTP APIs; choose kind "rest-api", or leave it out/,
    ],
    [
      "uploads on an HTTP API",
      httpApi({ uploads: {} }),
      /ingress.uploads: {} is not supported by HTTP APIs; choose kind "rest-api", or leave it out/,
    ],
    [
      "X-Ray on an HTTP API",
      httpApi({ tracingEnabled: true }),
      /ingress.tracingEnabled: true is not supported by HTTP APIs; choose kind "rest-api", or trace in the service/,
    ],
    ...Object.entries({ "a REST API": restApi, "an HTTP API": httpApi, "an ALB": alb }).map(
      ([kind, ingress]): [string, object, RegExp] => [
        `the log role of API Gateway on ${kind}`,
        ingress({ accountLogRole: "manage" }),
        /ingress.accountLogRole: "manage" is a setting of the account, .*; remove the field, and apply the account stack first/,
      ],
    ),
    [
      "CORS on an ALB",
      alb({ cors: {} }),
      /ingress.cors: {} is not supported by load balancers; let the service answer it, or choose an API/,
    ],
    [
      "throttling on an ALB",
      alb({ throttling: {} }),
      /ingress.throttling: {} is not supported by load balancers; write `waf\.requestsPerFiveMinutes` with kind "alb",/,
    ],
    [
      "a REST API with a timeout above 29 s",
      restApi({ timeoutMilliseconds: 29001 }),
      /timeoutMilliseconds: 29001 .* 50 to 29000/,
    ],
    [
      "an HTTP API with a timeout above 30 s",
      httpApi({ timeoutMilliseconds: 30001 }),
      /timeoutMilliseconds: 30001 .* to 30000/,
    ],
    ["an ALB without HTTPS", { ingress: { kind: "alb", authorization: created } }, /ingress.domain: is missing; write/],
    [
      "a domain without a zone",
      domain({ hostedZone: undefined }),
      /ingress.domain.hostedZone: is missing; write one such/,
    ],
    [
      "a domain with an empty zone",
      domain({ hostedZone: "" }),
      /ingress.domain.hostedZone: "" must be a host name of at most 64 characters; write one such as "example\.com"/,
    ],
    [
      "a domain without a certificate",
      domain({ certificate: undefined }),
      /domain.certificate: is missing; write \{ source/,
    ],
    [
      "an empty certificate",
      domain({ certificate: { source: "existing", arn: "" } }),
      /certificate.arn: "" must be the ARN of an ACM certificate; write one such as/,
    ],
    [
      "a domain outside its zone",
      domain({ hostedZone: "example.org" }),
      /hostedZone: "example.org" must contain the domain's name; write the zone that the name ends with/,
    ],
    [
      "a certificate of another region",
      domain({ certificate: { source: "existing", arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a" } }),
      /certificate.arn: .* must be a certificate of us-east-1; write another ARN/,
    ],
    [
      "an internal certificate of another region",
      httpApi({
        internalTls: {
          certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a",
          serverName: "in.example.com",
        },
      }),
      /internalTls.certificateArn: .* must be a certificate of us-east-1; write another ARN/,
    ],
    [
      "a health check of a route that is not public",
      {
        ...routes({ route: "GET /health" }, "/*"),
        ...restApi({ authorization: created, domain: { ...minimalDomain, routing: { policy: "latency" } } }),
      },
      /routing.healthCheckPath: "\/health" must be a public route, as Route 53 sends no token; write \{ route: "GET \/health", public:/,
    ],
    [
      'allowCredentials with the origin "*"',
      restApi({ cors: { allowOrigins: ["*"], allowCredentials: true } }),
      /cors.allowCredentials: true must not be combined with the origin "\*", which browsers refuse; name the origins/,
    ],
    [
      "an origin with a path",
      restApi({ cors: { allowOrigins: ["https://example.com/app"] } }),
      /cors.allowOrigins\[0\]: "https:\/\/example.com\/app" must be .*origin; write one such as/,
    ],
    [
      "CORS with a route for OPTIONS",
      { ...routes("OPTIONS /a", "GET /a"), ...restApi({ cors: { allowOrigins: ["https://example.com"] } }) },
      /routes\[0\]: "OPTIONS \/a" is already answered by ingress\.cors; remove one of the two/,
    ],
    [
      "CORS of an HTTP API with a route for OPTIONS",
      { ...routes("OPTIONS /a", "GET /a"), ...httpApi({ cors: { allowOrigins: ["https://example.com"] } }) },
      /routes\[0\]: "OPTIONS \/a" is already answered by ingress\.cors; remove one of the two/,
    ],
    [
      "uploads without WAF",
      restApi({ uploads: { contentTypes: ["image/png"] } }),
      /ingress.uploads: .* need WAF, which limits size and type; write ingress\.waf: \{\}/,
    ],
    [
      "uploads of a type that browsers execute",
      restApi({ waf: {}, uploads: { contentTypes: ["text/html"] } }),
      /contentTypes\[0\]: "text\/html" must be a media type that browsers do not execute; write one such as "image\/png", without/,
    ],
    [
      "uploads above API Gateway's limit",
      restApi({ waf: {}, uploads: { contentTypes: ["image/png"], maximumBytes: 10485761 } }),
      /maximumBytes: 10485761 must be .* to 10485760/,
    ],
    [
      "uploads on a service's route",
      { ...routes("PUT /upload/{id}"), ...restApi({ waf: {}, uploads: { contentTypes: ["image/png"] } }) },
      /uploads.path: .* is a route of service "orders"; write another path/,
    ],
    [
      "two services on a public NLB",
      {
        services: { orders: minimalService, users: { ...minimalService, routes: ["/users/*"] } },
        ...nlb({}),
      },
      /ingress.kind: "nlb" supports one service, not orders and users; choose kind "alb"/,
    ],
    [
      "a route on an NLB",
      { ...routes("GET /a"), ...nlb({}) },
      /routes\[0\]: "GET \/a" is not supported by an NLB, which does not route; write "\/\*", or choose kind "alb"/,
    ],
    [
      "listenerPort on an ALB",
      { services: { orders: { ...minimalService, listenerPort: 81 } }, ...alb({}) },
      /listenerPort: 81 is not used by this ingress; remove it, or choose "rest-api" via "nlb"/,
    ],
    [
      "an existing user pool without domain on an ALB",
      alb({ authorization: { userPool: existing } }),
      /userPool.domain: is missing; write the domain/,
    ],
    [
      'a domainPrefix that contains "aws"',
      restApi({
        authorization: { userPool: { source: "create", domainPrefix: "my-aws-shop" } },
      }),
      /domainPrefix: "my-aws-shop" must be a prefix that Cognito accepts; .* without "aws"/,
    ],
    [
      'a default domain prefix that contains "aws"',
      { app: "awsome", ...restApi({ authorization: created }) },
      /userPool.domainPrefix: is missing; write one, as Cognito refuses "aws" in the default prefix of app and stage/,
    ],
    [
      "passwordMinimumLength 8",
      restApi({
        authorization: { userPool: { source: "create", passwordMinimumLength: 8 } },
      }),
      /passwordMinimumLength: 8 must be a whole number from 14/,
    ],
    [
      "callbackUrls with http",
      restApi({
        authorization: { userPool: { source: "create", callbackUrls: ["http://example.com"] } },
      }),
      /callbackUrls\[0\]: .* must be a URL that Cognito accepts; write one such as "https:\/\/www\.example\.com\/signed-in"/,
    ],
    [
      "a range with host bits",
      restApi({ waf: { allowedCidrs: ["10.0.0.1/8"] } }),
      /allowedCidrs\[0\]: .* must not contain host bits; use "10.0.0.0\/8"/,
    ],
    [
      "::/0",
      restApi({ waf: { blockedCidrs: ["::/0"] } }),
      /blockedCidrs\[0\]: "::\/0" must not be \/0, which WAF does not accept; write a narrower range/,
    ],
    [
      "a range twice",
      restApi({ waf: { allowedCidrs: ["10.0.0.0/8", "10.0.0.0/8"] } }),
      /allowedCidrs: .* must not contain the same range twice/,
    ],
    [
      "requestsPerFiveMinutes 9",
      restApi({ waf: { requestsPerFiveMinutes: 9 } }),
      /requestsPerFiveMinutes: 9 must be .* from 10/,
    ],
    [
      "a deregistration delay below the timeout with gracefulShutdown",
      { gracefulShutdown: true, ...restApi({}) },
      /deregistrationDelaySeconds: 30 is shorter than ingress\.timeoutMilliseconds, which gracefulShutdown excludes; write 34 or/,
    ],
  ])("refuse %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("accept a health check of a route with public: true", () => {
    const routing = { policy: "latency" };
    expect(
      problems({
        ...routes({ route: "GET /health", public: true }, "/*"),
        ...restApi({ authorization: created, domain: { ...minimalDomain, routing } }),
      }),
    ).toBe("");
  });
});

describe("a route", () => {
  it.each<[string, object, RegExp]>([
    ["an illegal character", routes("GET /a b"), /routes\[0\]: "GET \/a b" must be a route; write one such as/],
    [
      "an illegal character in an object",
      routes({ route: "GET /a%20b" }),
      /routes\[0\].route: "GET \/a%20b" must be a route/,
    ],
    ["a greedy segment in the middle", routes({ route: "/a/*/b" }), /routes\[0\].route: "\/a\/\*\/b" must be a route/],
    ["neither text nor object", routes(7), /routes\[0\]: 7 /],
    [
      "too many segments",
      routes("/a/b/c/d/e/f/g/h/i"),
      /routes\[0\]: .* must not have more than 8 segments; write a shorter path/,
    ],
    ["a field that does not exist", routes({ route: "/a", open: true }), /routes\[0\].open: true is not a field/],
    [
      "public: false",
      routes({ route: "/a", public: false }),
      /routes\[0\].public: false must be true; write true, or leave it out/,
    ],
    [
      "a template in the schema of its body",
      routes({ route: "POST /a", required: { body: { title: "${path.cwd}" } } }),
      /routes\[0\].required.body: .* must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    [
      "a required query parameter with the name of a path parameter",
      routes({ route: "/a/{id}", required: { query: ["page", "id"] } }),
      /routes\[0\].required.query\[1\]: "id" is also the name of the path parameter \{id\}; write another name/,
    ],
    [
      "a required header with the name of what matches below a path",
      routes({ route: "/a/*", required: { headers: ["proxy"] } }),
      /required.headers\[0\]: "proxy" is also the name of the path parameter that "\*" becomes in API Gateway; write/,
    ],
    [
      "a required header with the name of a query parameter",
      routes({ route: "/a", required: { query: ["tenant"], headers: ["tenant"] } }),
      /required.headers\[0\]: "tenant" is also the name of a query parameter; write another name/,
    ],
    [
      "scopes without a user pool",
      routes({ route: "/a", scopes: ["read"] }),
      /scopes: \["read"\] need a user pool; write ingress\.authorization, or remove them/,
    ],
    [
      "a scope that the pool does not have",
      { ...routes({ route: "/a", scopes: ["read"] }), ...restApi({ authorization: created }) },
      /scopes: .* must be a scope of the user pool; write it into ingress\.authorization\.userPool\.scopes/,
    ],
    [
      "scopes with public: true",
      {
        ...routes({ route: "/a", scopes: ["read"], public: true }),
        ...restApi({ authorization: { userPool: { source: "create", scopes: { read: "Read" } } } }),
      },
      /scopes: .* must not be combined with `public`; remove one of the two/,
    ],
    [
      "apiKey without API keys",
      routes({ route: "/a", apiKey: true }),
      /apiKey: true needs API keys; write ingress\.apiKeys, or remove it/,
    ],
    [
      "hosts behind an API",
      routes({ route: "/a", hosts: ["a.example.com"] }),
      /hosts: .* is not supported by rest-api; choose kind "alb", or check it in the service/,
    ],
    [
      "a header behind an API",
      routes({ route: "/a", header: { name: "X-A", values: ["b"] } }),
      /header: .* is not supported by rest-api; choose kind "alb", or check it in the service/,
    ],
    [
      "throttling on an ALB",
      { ...routes({ route: "/a", throttling: { ratePerSecond: 1, burst: 1 } }), ...alb({}) },
      /throttling: .* is not supported by alb; choose an API/,
    ],
    [
      "required behind an HTTP API",
      { ...routes({ route: "/a", required: { query: ["page"] } }), ...httpApi({}) },
      /required: .* is not supported by http-api; choose kind "rest-api", or validate in the service/,
    ],
    [
      "more condition values than a listener rule supports",
      { ...routes({ route: "GET /a/*", hosts: ["a.example.com", "b.example.com", "c.example.com"] }), ...alb({}) },
      /routes\[0\]: .* has 6 values, of which a listener rule holds 5; write several routes/,
    ],
    [
      "the listener priority of another route",
      { ...routes({ route: "/a", priority: 49000 }, { route: "/b", priority: 49000 }), ...alb({}) },
      /routes\[1\]: .*"\/b".* has the same listener priority as "\/a"; write a `priority` from 49000 to 50000/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("is refused where the names of two services have one priority for the rules of their target groups", () => {
    const services = {
      "svc-21": { ...minimalService, routes: ["/a"] },
      "svc-22": { ...minimalService, routes: ["/b"] },
    };
    const message =
      /services.svc-22: .* has the same listener priority as service "svc-21"; write another name for one/;
    expect(problems({ services, ...alb({}) })).toMatch(message);
    const others = { "svc-21": services["svc-21"], users: services["svc-22"] };
    expect(problems({ services: others, ...alb({}) })).toBe("");
  });

  it("may have the same path under two hosts", () => {
    const service = (host: string) => ({ ...minimalService, routes: [{ route: "/*", hosts: [host] }] });
    expect(
      problems({ services: { orders: service("a.example.com"), users: service("b.example.com") }, ...alb({}) }),
    ).toBe("");
  });
});
