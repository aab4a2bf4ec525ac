import { ListResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { liftProtection } from "./prod";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stacks = ["prod01-us-east-1", "prod01-eu-west-1"];

describe("both regions of prod01 in one account, by plain Terraform", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("prod");
    await sandbox.synthesize();
  });
  afterAll(() => sandbox.stop());

  const inBoth = (action: (stack: string) => Promise<unknown>) => Promise.all(stacks.map(action));

  it("are applied, and plan nothing more", async () => {
    await inBoth(async (stack) => {
      await sandbox.deploy(stack);
      await expectNoChanges(sandbox, stack);
    });
  });

  it("share one name with latency routing, each with a health check of its own", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const route53 = new Route53Client({ endpoint: sandbox.emulator.endpoint, region: "us-east-1", credentials });
    const { HostedZones: [zone] = [] } = await route53.send(new ListHostedZonesCommand({}));
    const { ResourceRecordSets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone?.Id?.replace("/hostedzone/", "") }),
    );
    const shared = ResourceRecordSets.filter(({ Name }) => Name === "api.appname.example.com.");
    expect(shared.map(({ SetIdentifier, Region }) => [SetIdentifier, Region]).sort()).toEqual([
      ["eu-west-1", "eu-west-1"],
      ["us-east-1", "us-east-1"],
    ]);
    expect(new Set(shared.map(({ HealthCheckId }) => HealthCheckId)).size).toBe(2);
  });

  it("are destroyed one after the other without leftovers", async () => {
    await liftProtection(sandbox, ...stacks);
    for (const stack of stacks) await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});
