import { randomBytes } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { z } from "zod";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "exchange-us-east-1";
const file = "config/dev/exchange/us-east-1-exchange.ts";
const name = "exchange.appname-dev.example.com";
const USERNAME = "ada@example.com";

const domain = (fields = "") =>
  `domain: { name: "${name}", hostedZone: "appname-dev.example.com", certificate: { source: "create" }${fields} }`;
const authorization = 'authorization: { userPool: { source: "create", scopes: { read: "Read orders" } } }';
const throttling = "throttling: { ratePerSecond: 50, burst: 100 }";
const restApi = (fields = "", ownDomain = domain()) =>
  `ingress: { kind: "rest-api", via: "nlb-alb", ${throttling}, ${authorization}, ${ownDomain}${fields} }`;
const httpApi = `ingress: { kind: "http-api", ${throttling}, ${authorization}, ${domain()} }`;
const alb = `ingress: { kind: "alb", ${authorization}, ${domain()} }`;

const stageFile = `import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

const service = { ...webDefaults, deregistrationDelaySeconds: 5 };

export default defineStage({
  ...defaults,
  monitoring: undefined,
  stage: "exchange",
  region: "us-east-1",
  network: {
    cidr: "10.79.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: {
    orders: { ...service, routes: ["/orders/*", { route: "GET /health", public: true }] },
    users: { ...service, routes: ["GET /users/{id}"], port: 8081 },
  },
  ${restApi()},
});
`;

/** What every kind of ingress of this test has. */
const kept = [
  "aws_acm_certificate.ingress_domain",
  "aws_cognito_resource_server.ingress_user_pool",
  "aws_cognito_user_pool.ingress",
  "aws_cognito_user_pool_client.ingress_clients_programs",
  "aws_cognito_user_pool_client.ingress_clients_sign_in",
  "aws_cognito_user_pool_domain.ingress",
  "aws_route53_record.ingress_domain_certificate_main_validation",
  "aws_route53_record.ingress_domain_main_a",
];

const stateSchema = z.object({
  values: z.object({
    root_module: z.object({
      resources: z.array(z.object({ address: z.string(), values: z.object({ id: z.string().optional() }) })),
    }),
  }),
});

describe("a stage with users, whose ingress is exchanged", () => {
  let sandbox: Sandbox;
  let cognito: CognitoIdentityProviderClient;
  let ids: ReadonlyMap<string, string>;
  let current = restApi();

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    cognito = new CognitoIdentityProviderClient({
      endpoint: sandbox.emulator.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    sandbox.write(file, stageFile);
    await sandbox.synthesize();
    await sandbox.deploy(stack);
    ids = await idsOf();
    const user = { UserPoolId: ids.get("aws_cognito_user_pool.ingress"), Username: USERNAME };
    await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: "aA1!lovelace-1815", Permanent: true }));
  });
  afterAll(() => sandbox.stop());

  it("is reached by its name at the REST API, which refuses a request without a token", async () => {
    expect(await answer()).toMatch(/^401 .*rest-api:/);
  });

  it("keeps user pool, domain and records with an HTTP API, and the domain name of API Gateway", async () => {
    const changes = await exchange(httpApi);
    expect(changes).toContain("delete/create aws_apigatewayv2_api_mapping.ingress_domain_main");
    expect(changes.filter((change) => change.includes("aws_apigatewayv2_domain_name"))).toEqual([]);
    expect(await answer()).toMatch(/^401 .*http-api:/);
  });

  it("keeps them with an ALB, to which the record leads afterwards", async () => {
    const changes = await exchange(alb);
    expect(changes).toContain("update aws_route53_record.ingress_domain_main_a");
    expect(await answer()).toMatch(/^302 .*alb:/);
  });

  it("keeps them with a REST API again", async () => {
    await exchange(restApi());
    expect(await answer()).toMatch(/^401 .*rest-api:/);
  });

  it("lets a user who was created at the start sign in", async () => {
    const idToken = await signIn();
    expect(idToken).not.toBe("");
    expect(await answer({ authorization: idToken })).not.toMatch(/^401/);
  });

  it("shares its name with other regions and takes it back, by one record that is updated", async () => {
    const shared = domain(', routing: { policy: "latency", healthCheckPath: "/health" }');
    expect(await change(restApi("", shared))).toContain("update aws_route53_record.ingress_domain_main_a");
    expect(await answer()).toMatch(/^401 .*rest-api:/);
    expect(await change(restApi())).toContain("update aws_route53_record.ingress_domain_main_a");
    expect(await answer()).toMatch(/^401 .*rest-api:/);
  });

  it("gets a web ACL, loses an IP set that its rules refer to, and loses the web ACL", async () => {
    await change(restApi(', waf: { blockedCidrs: ["198.51.100.0/24"] }'));
    expect(await change(restApi(", waf: {}"))).toContain("delete aws_wafv2_ip_set.ingress_web_acl_blocked_ipv4");
    await change(restApi());
  });

  it("is renamed", async () => {
    await change(restApi("", domain().replaceAll(name, `renamed-${name}`)));
    expect(await answer({}, `renamed-${name}`)).toMatch(/^401 .*rest-api:/);
    expect(await answer()).toMatch(/^404/);
  });

  it("leaves nothing behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });

  /** Chooses another kind of ingress, which must keep what every kind has; returns the planned changes. */
  async function exchange(ingress: string): Promise<string[]> {
    const changes = await change(ingress);
    expect(changes.filter((each) => each.includes("delete") && kept.some((address) => each.endsWith(address)))).toEqual(
      [],
    );
    const now = await idsOf();
    expect(kept.map((address) => [address, now.get(address)])).toEqual(
      kept.map((address) => [address, ids.get(address)]),
    );
    return changes;
  }

  async function change(ingress: string): Promise<string[]> {
    sandbox.edit(file, current, ingress);
    current = ingress;
    await sandbox.synthesize();
    const changes = await plannedChanges(sandbox, stack);
    await applyPlanned(sandbox, stack);
    await expectNoChanges(sandbox, stack);
    return changes;
  }

  async function idsOf(): Promise<ReadonlyMap<string, string>> {
    const { values } = stateSchema.parse(JSON.parse(await sandbox.terraform(stack, ["show", "-json"])));
    return new Map(values.root_module.resources.map(({ address, values: { id = "" } }) => [address, id]));
  }

  /** Status of the answer at the stage's name, and the path that the request took. */
  async function answer(headers: Record<string, string> = {}, host = name): Promise<string> {
    const response = await sandbox.emulator.request(`https://${host}/orders`, { headers });
    return `${response.status} ${response.headers.get("x-emulator-path") ?? ""}`;
  }

  /** Signs the user in, as managed login does: by SRP, of which the emulated Cognito does not check the proof. */
  async function signIn(): Promise<string> {
    const ClientId = ids.get("aws_cognito_user_pool_client.ingress_clients_sign_in");
    const SRP_A = randomBytes(384).toString("hex");
    const { ChallengeName, ChallengeParameters, Session } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME, SRP_A } }),
    );
    const { AuthenticationResult } = await cognito.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: {
          USERNAME,
          PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters?.SECRET_BLOCK ?? "",
          PASSWORD_CLAIM_SIGNATURE: randomBytes(32).toString("base64"),
          TIMESTAMP: new Date().toUTCString(),
        },
      }),
    );
    return AuthenticationResult?.IdToken ?? "";
  }
});
