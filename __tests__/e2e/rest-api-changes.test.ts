import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import type { RouteReport } from "emulated-aws";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stage = "rest01";
const stack = `${stage}-us-east-1`;
const file = `config/dev/${stage}/us-east-1-${stage}.ts`;

const routesBefore = `"GET /health", "/orders/*", "GET /items/{id}", "POST /items/{id}", "GET /gone"`;
const routesAfter = `{ route: "GET /health", public: true }, { route: "/orders/{id}", public: true },
      { route: "GET /items/{item_id}", public: true }, { route: "PUT /items/{item_id}", public: true }, "GET /private"`;
const settingsAfter = `
    authorization: { userPool: { source: "create" } },
    cors: { allowOrigins: ["https://shop.example.com"] },
    binaryMediaTypes: ["image/png"],`;

const stageFile = (routes: string, settings = "", via = "nlb") => `import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "${stage}",
  region: "us-east-1",
  network: {
    cidr: "10.79.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: { appname: { ...webDefaults, routes: [${routes}] } },
  ingress: {
    kind: "rest-api", via: "${via}", throttling: { ratePerSecond: 50, burst: 100 },${settings}
  },
});
`;

describe("a REST API that changes", () => {
  let sandbox: Sandbox;
  let gateway: APIGatewayClient;

  beforeAll(async () => {
    sandbox = await Sandbox.startWith({ records: true }, "dev");
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    gateway = new APIGatewayClient({ endpoint: sandbox.emulator.endpoint, region: "us-east-1", credentials });
  });
  afterAll(() => sandbox.stop());

  const api = async () => (await gateway.send(new GetRestApisCommand({}))).items?.[0] ?? {};
  /** Status of the response to a request; no container runs, so that the load balancer answers for the service. */
  const status = async (request: string) => {
    const [method = "", path = ""] = request.split(" ");
    const url = `https://${(await api()).id ?? ""}.execute-api.us-east-1.amazonaws.com/${stage}${path}`;
    return (await sandbox.emulator.request(url, { method })).status;
  };
  const statuses = async (...requests: readonly string[]) => {
    const found: [string, number][] = [];
    for (const request of requests) found.push([request, await status(request)]);
    return Object.fromEntries(found);
  };
  const deploy = async (text: string): Promise<readonly RouteReport[]> => {
    sandbox.write(file, text);
    await sandbox.synthesize();
    return sandbox.keptRoutes(() => sandbox.deploy(stack));
  };
  const expectServed = (routes: readonly RouteReport[], ...kept: readonly string[]) => {
    const names = routes.map(({ route }) => route.replace(/ https:\/\/[^/]+\/[^/]+/, " "));
    expect(names).toEqual(expect.arrayContaining([...kept]));
    expect(routes.filter(({ outages }) => outages.length > 0)).toEqual([]);
  };

  it("is deployed, and plans nothing more", async () => {
    await deploy(stageFile(routesBefore));
    await expectNoChanges(sandbox, stack);
    expect(
      await statuses(
        "GET /health",
        "GET /orders/1/lines",
        "POST /items/1",
        "GET /gone",
        "GET /private",
        "PUT /items/1",
      ),
    ).toEqual({
      "GET /health": 503,
      "GET /orders/1/lines": 503,
      "POST /items/1": 503,
      "GET /gone": 503,
      "GET /private": 404,
      "PUT /items/1": 404,
    });
  });

  it("serves its routes, parameters, methods, authorization and CORS in the apply that changes them", async () => {
    const { id } = await api();
    expectServed(await deploy(stageFile(routesAfter, settingsAfter)), "GET /health");
    await expectNoChanges(sandbox, stack);
    expect(await api()).toMatchObject({ id, binaryMediaTypes: ["image/png"] });
    expect(
      await statuses(
        ...["GET /health", "GET /gone", "POST /items/1", "PUT /items/1", "GET /items/1", "OPTIONS /items/1"],
        ...["GET /orders/1", "GET /orders/1/lines", "GET /private"],
      ),
    ).toEqual({
      "GET /health": 503,
      "GET /gone": 404,
      "POST /items/1": 404,
      "PUT /items/1": 503,
      "GET /items/1": 503,
      "OPTIONS /items/1": 204,
      "GET /orders/1": 503,
      "GET /orders/1/lines": 404,
      "GET /private": 401,
    });
  });

  it("goes back to the file of before", async () => {
    expectServed(await deploy(stageFile(routesBefore)), "GET /health");
    await expectNoChanges(sandbox, stack);
    expect((await api()).binaryMediaTypes ?? []).toEqual([]);
    expect(await statuses("GET /gone", "GET /private", "OPTIONS /items/1", "GET /orders/1/lines")).toEqual({
      "GET /gone": 503,
      "GET /private": 404,
      "OPTIONS /items/1": 404,
      "GET /orders/1/lines": 503,
    });
  });

  it("leaves nothing behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});

describe("a REST API that reaches an ALB by a VPC link V2", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.startWith({ records: true }, "dev");
  });
  afterAll(() => sandbox.stop());

  it("is deployed by the tested release of the provider, which has no argument for the load balancer", async () => {
    sandbox.write(file, stageFile(`"GET /health"`, "", "alb"));
    await sandbox.synthesize();
    await sandbox.deploy(stack);
    await expectNoChanges(sandbox, stack);
    const url = /api_url = "(.*)"/.exec(await sandbox.terraform(stack, ["output"]))?.[1] ?? "";
    const { status, headers } = await sandbox.emulator.request(`${url}/health`);
    expect([status, headers.get("x-emulator-path")]).toEqual([503, expect.stringMatching(/vpc-link:[^/]+\/alb:/)]);
  });
});
