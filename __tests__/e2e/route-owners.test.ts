import type { RouteReport } from "emulated-aws";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const publicAlb = {
  stack: "owners01-us-east-1",
  file: "config/dev/owners01/us-east-1-owners01.ts",
  ingress: `{ kind: "alb", domain: { name: "owners01.appname-dev.example.com", hostedZone: "appname-dev.example.com", certificate: { source: "create" } } }`,
};
const httpApi = {
  stack: "owners02-us-east-1",
  file: "config/dev/owners02/us-east-1-owners02.ts",
  ingress: `{ kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } }`,
};

const stageFile = ({ stack, ingress }: typeof publicAlb, cidr: string) => `import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

const web = {
  ...webDefaults,
  scaling: undefined,
  deregistrationDelaySeconds: 5,
  deployment: { strategy: "rolling", waitForSteadyState: true },
} as const;

export default defineStage({
  ...defaults,
  stage: "${stack.replace("-us-east-1", "")}",
  region: "us-east-1",
  network: { cidr: "${cidr}", zones: ["us-east-1a", "us-east-1b"], egress: { mode: "public-subnets" } },
  services: {
    orders: { ...web, routes: ["/orders/*", "GET /lines/{line_id}"] },
    users: { ...web, routes: ["/users/*"] },
  },
  ingress: ${ingress},
});
`;

describe("routes that change their services", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.startWith({ records: true }, "dev");
    sandbox.write(publicAlb.file, stageFile(publicAlb, "10.81.0.0/16"));
    sandbox.write(httpApi.file, stageFile(httpApi, "10.82.0.0/16"));
    await sandbox.synthesize();
    await sandbox.deploy(publicAlb.stack);
    await sandbox.deploy(httpApi.stack);
  });
  afterAll(() => sandbox.stop());

  /** Applies an edited stage file; the actions on listener rules, and the routes that were kept. */
  const change = async ({ stack, file }: typeof publicAlb, from: string, to: string) => {
    sandbox.edit(file, from, to);
    await sandbox.synthesize();
    const planned = await plannedChanges(sandbox, stack);
    const routes = await sandbox.keptRoutes(() => applyPlanned(sandbox, stack));
    await expectNoChanges(sandbox, stack);
    return { planned, rules: planned.filter((each) => each.includes(" aws_lb_listener_rule.")), routes };
  };
  const expectServed = (routes: readonly RouteReport[]) => {
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ outages }) => outages.length > 0)).toEqual([]);
  };
  const rule = (action: string, id: string) => `${action} aws_lb_listener_rule.ingress_public_alb_${id}`;

  it("are served while a new service takes one over", async () => {
    const { rules, routes } = await change(
      publicAlb,
      `orders: { ...web, routes: ["/orders/*", "GET /lines/{line_id}"] },`,
      `orders: { ...web, routes: ["GET /lines/{line_id}"] },
    shop: { ...web, routes: ["/orders/*"] },`,
    );
    expect(rules).toEqual([rule("create", "targets_shop_association"), rule("update", "path_orders_wildcard_any")]);
    expectServed(routes);
  });

  it("are served while two services exchange theirs, and a parameter gets another name", async () => {
    const { planned, routes } = await change(
      publicAlb,
      `orders: { ...web, routes: ["GET /lines/{line_id}"] },
    shop: { ...web, routes: ["/orders/*"] },`,
      `orders: { ...web, routes: ["/orders/*"] },
    shop: { ...web, routes: ["GET /lines/{id}"] },`,
    );
    expect(planned).toEqual([rule("update", "path_lines_wildcard_get"), rule("update", "path_orders_wildcard_any")]);
    expectServed(routes);
  });

  it("are served when the service that had them is removed after another took them over", async () => {
    await change(publicAlb, `routes: ["GET /lines/{id}"] },`, `routes: ["/retired"] },`);
    const { rules, routes } = await change(publicAlb, `shop: { ...web, routes: ["/retired"] },`, "");
    expect(rules).toEqual([rule("delete", "path_retired_any"), rule("delete", "targets_shop_association")]);
    expectServed(routes);
  });

  it("are served while a zone is added behind an HTTP API, whose VPC link is replaced", async () => {
    const { planned, routes } = await change(httpApi, `"us-east-1b"]`, `"us-east-1b", "us-east-1d"]`);
    expect(planned).toContain("create/delete aws_apigatewayv2_vpc_link.ingress");
    expectServed(routes);
  });
});
