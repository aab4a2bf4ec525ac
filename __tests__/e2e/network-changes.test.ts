import { DescribeAddressesCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { StageInput } from "../../schema";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "net02-us-east-1";
const file = "config/dev/net02/us-east-1-net02.ts";

type Fields = Pick<StageInput, "network"> & { readonly uses?: readonly string[] };

const network = (letters: readonly string[], egress: StageInput["network"]["egress"]) => ({
  cidr: "10.79.0.0/16",
  zones: letters.map((letter) => `us-east-1${letter}`),
  egress,
});
const oneGateway = { mode: "nat-gateway", gateways: "one" } as const;
const gatewayPerZone = { mode: "nat-gateway", gateways: "one-per-zone" } as const;

const stageFile = ({ uses = [], ...fields }: Fields) => `import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "net02",
  region: "us-east-1",
  ...${JSON.stringify(fields)},
  data: { queues: { letters: { keep: true } } },
  services: {
    appname: {
      ...webDefaults,
      deregistrationDelaySeconds: 5,
      uses: ${JSON.stringify(uses)},
      deployment: { strategy: "rolling", waitForSteadyState: true },
    },
  },
  ingress: {
    kind: "alb",
    domain: {
      name: "net02.appname-dev.example.com",
      hostedZone: "appname-dev.example.com",
      certificate: { source: "create" },
    },
  },
});
`;

/** Each step is one deployment; the first is that of a new stage. */
const steps: readonly (readonly [string, Fields])[] = [
  ["a zone is added", { network: network(["a", "b", "c"], oneGateway) }],
  ["each zone gets its NAT gateway", { network: network(["a", "b", "c"], gatewayPerZone) }],
  ["a zone is removed", { network: network(["a", "b"], gatewayPerZone) }],
  [
    "endpoints take the place of NAT gateways, one of them as a service uses a queue now",
    {
      network: network(["a", "b"], { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" }),
      uses: ["queue:letters"],
    },
  ],
  ["tasks move to public subnets", { network: network(["a", "b"], { mode: "public-subnets" }) }],
  ["NAT gateways come back, in another second zone", { network: network(["a", "c"], oneGateway) }],
];

describe("a running stage, while its network changes", () => {
  let sandbox: Sandbox;
  let ec2: EC2Client;

  beforeAll(async () => {
    sandbox = await Sandbox.startWith({ records: true }, "dev");
    ec2 = new EC2Client({
      endpoint: sandbox.emulator.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await deploy({ network: network(["a", "b"], oneGateway) });
  });
  afterAll(() => sandbox.stop());

  const deploy = async (fields: Fields) => {
    sandbox.write(file, stageFile(fields));
    await sandbox.synthesize();
    await sandbox.deploy(stack);
  };
  const addresses = async () => {
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
    return Addresses.map(({ PublicIp }) => PublicIp);
  };

  it.each(steps)("serves every route while %s", async (_, fields) => {
    const before = await addresses();
    const routes = await sandbox.keptRoutes(() => deploy(fields));
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ outages }) => outages.length > 0)).toEqual([]);
    await expectNoChanges(sandbox, stack);
    const after = await addresses();
    // A change that adds or removes gateways keeps the addresses of the others.
    const kept = before.filter((address) => after.includes(address));
    expect(kept).toHaveLength(Math.min(before.length, after.length));
  });

  it("leaves nothing behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
