import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type Change,
  type ChangeAction,
  type ResourceRecordSet,
  type RRType,
} from "@aws-sdk/client-route-53";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc } from "./network";

describe("Route 53", () => {
  const aws = emulatorForSuite();
  let route53: Route53Client;
  let zoneId: string | undefined;
  beforeAll(async () => {
    route53 = new Route53Client(aws.client());
    const command = new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "zone" });
    zoneId = (await route53.send(command)).HostedZone?.Id;
  });

  const change = (Action: ChangeAction, name: string, Type: RRType, ...values: string[]): Change => ({
    Action,
    ResourceRecordSet: {
      Name: `${name}.example.com`,
      Type,
      TTL: 60,
      ResourceRecords: values.map((Value) => ({ Value })),
    },
  });
  const send = (...Changes: Change[]) =>
    refusal(route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes } })));

  it("refuses records of two routing policies [routing-policies-mixed]", async () => {
    const recordOf = (name: string, policy: Partial<ResourceRecordSet>): Change => {
      const { ResourceRecordSet: set } = change("UPSERT", name, "A", "192.0.2.9");
      return { Action: "UPSERT", ResourceRecordSet: { Name: "", Type: "A", ...set, ...policy } };
    };
    expect(await send(change("CREATE", "mixed", "A", "192.0.2.1"))).toBe("");
    const weighted = recordOf("mixed", { SetIdentifier: "a", Weight: 1 });
    expect(await send(weighted)).toBe("InvalidChangeBatch");
    expect(await send(change("DELETE", "mixed", "A", "192.0.2.1"), weighted)).toBe("");
    expect(await send(recordOf("mixed", { SetIdentifier: "b", Weight: 1 }))).toBe("");
    expect(await send(recordOf("mixed", { SetIdentifier: "c", Region: "us-east-1" }))).toBe("InvalidChangeBatch");
    expect(await send(change("CREATE", "mixed", "AAAA", "2001:db8::1"))).toBe("");
  });

  it("refuses an alias to a record that does not exist [alias-target-not-found]", async () => {
    const alias = (target: string, HostedZoneId: string): Change => ({
      Action: "UPSERT",
      ResourceRecordSet: {
        Name: "alias-of-own.example.com",
        Type: "A",
        AliasTarget: { HostedZoneId, DNSName: `${target}.example.com`, EvaluateTargetHealth: false },
      },
    });
    const zone = zoneId?.split("/").at(-1) ?? "";
    expect(await send(alias("no-target", zone))).toBe("InvalidChangeBatch");
    expect(await send(change("CREATE", "target", "AAAA", "2001:db8::1"))).toBe("");
    expect(await send(alias("target", zone))).toBe("InvalidChangeBatch");
    expect(await send(change("CREATE", "target", "A", "192.0.2.1"), alias("TARGET", zone))).toBe("");
    expect(await send(alias("no-target", "Z1UJRXOUMOOFQ8"))).toBe("");
  });

  it("refuses a health check that does not exist [health-check-not-found]", async () => {
    const checked = (HealthCheckId: string): Change => {
      const { ResourceRecordSet: set } = change("UPSERT", "checked", "A", "192.0.2.1");
      return { Action: "UPSERT", ResourceRecordSet: { Name: "", Type: "A", ...set, HealthCheckId } };
    };
    expect(await send(checked("11111111-1111-1111-1111-111111111111"))).toBe("NoSuchHealthCheck");
    const HealthCheckConfig = { Type: "HTTPS", FullyQualifiedDomainName: "example.com" } as const;
    const { HealthCheck } = await route53.send(
      new CreateHealthCheckCommand({ CallerReference: "1", HealthCheckConfig }),
    );
    expect(await send(checked(HealthCheck?.Id ?? ""))).toBe("");
  });

  it("refuses to create a record that exists [record-exists]", async () => {
    expect(await send(change("CREATE", "one", "A", "192.0.2.1"))).toBe("");
    expect(await send(change("CREATE", "ONE", "A", "192.0.2.2"))).toBe("InvalidChangeBatch");
    expect(await send(change("UPSERT", "one", "A", "192.0.2.2"))).toBe("");
    expect(await send(change("CREATE", "one", "AAAA", "2001:db8::1"))).toBe("");
    const replacement = [change("DELETE", "one", "A", "192.0.2.2"), change("CREATE", "one", "A", "192.0.2.3")];
    expect(await send(...replacement)).toBe("");
  });

  it("refuses to delete a record with other values, or one that does not exist [record-differs]", async () => {
    await send(change("CREATE", "two", "A", "192.0.2.1", "192.0.2.2"));
    expect(await send(change("DELETE", "two", "A", "192.0.2.1"))).toBe("InvalidChangeBatch");
    expect(await send(change("DELETE", "absent", "A", "192.0.2.1"))).toBe("InvalidChangeBatch");
    expect(await send(change("DELETE", "two", "A", "192.0.2.1", "192.0.2.2"))).toBe("");
  });

  it("refuses an alias to a load balancer that does not exist [alias-of-load-balancer-not-found]", async () => {
    const balancers = new ElasticLoadBalancingV2Client(aws.client("eu-west-1"));
    const ec2 = new EC2Client(aws.client("eu-west-1"));
    const vpc = await createVpc(ec2);
    const Subnets = [await createSubnet(ec2, vpc, 1, "eu-west-1a"), await createSubnet(ec2, vpc, 2, "eu-west-1b")];
    const create = new CreateLoadBalancerCommand({ Name: "aliased", Scheme: "internal", Subnets });
    const [balancer] = (await balancers.send(create)).LoadBalancers ?? [];
    const alias = (DNSName = "", Action: ChangeAction = "UPSERT") => {
      const AliasTarget = { HostedZoneId: balancer?.CanonicalHostedZoneId, DNSName, EvaluateTargetHealth: true };
      return send({ Action, ResourceRecordSet: { Name: "balancer.example.com", Type: "A", AliasTarget } });
    };
    expect(await alias(balancer?.DNSName)).toBe("");
    expect(await alias(`dualstack.${balancer?.DNSName ?? ""}`)).toBe("");
    expect(await alias(balancer?.DNSName?.replace("aliased", "missing"))).toBe("InvalidChangeBatch");
    expect(await alias("of-another-account-1234567890.eu-west-1.elb.amazonaws.com")).toBe("");
    expect(await alias(balancer?.DNSName)).toBe("");
    await balancers.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
    expect(await alias(balancer?.DNSName)).toBe("InvalidChangeBatch");
    expect(await alias(balancer?.DNSName, "DELETE")).toBe("");
  });

  it("deletes an alias and records with a routing policy [record-differs]", async () => {
    const AliasTarget = { HostedZoneId: "Z1UJRXOUMOOFQ8", DNSName: "d-1.example.org", EvaluateTargetHealth: true };
    const aliasChange = (Action: ChangeAction): Change => ({
      Action,
      ResourceRecordSet: { Name: "alias.example.com", Type: "A", AliasTarget },
    });
    const weighted = (Action: ChangeAction, SetIdentifier: string): Change => {
      const { ResourceRecordSet } = change(Action, "weighted", "A", "192.0.2.1");
      return { Action, ResourceRecordSet: { Name: "", Type: "A", ...ResourceRecordSet, SetIdentifier, Weight: 1 } };
    };
    expect(await send(aliasChange("CREATE"), weighted("CREATE", "a"), weighted("CREATE", "b"))).toBe("");
    expect(await send(weighted("CREATE", "a"))).toBe("InvalidChangeBatch");
    expect(await send(aliasChange("DELETE"), weighted("DELETE", "a"), weighted("DELETE", "b"))).toBe("");
  });

  it("lists an alias without TTL and records, so that it can be deleted as it is listed", async () => {
    const AliasTarget = { HostedZoneId: "Z1UJRXOUMOOFQ8", DNSName: "d-1.example.org.", EvaluateTargetHealth: true };
    const alias = { Name: "listed.example.com.", Type: "A", AliasTarget } as const;
    expect(await send({ Action: "CREATE", ResourceRecordSet: alias })).toBe("");
    const { ResourceRecordSets } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }));
    const listed = ResourceRecordSets?.find(({ Name }) => Name === alias.Name);
    expect(listed).toEqual(alias);
    expect(await send({ Action: "DELETE", ResourceRecordSet: listed })).toBe("");
  });

  it("deletes only the record of a name when others have its identifier", async () => {
    const located = (Action: ChangeAction, name: string, Type: RRType, value: string): Change => {
      const { ResourceRecordSet } = change(Action, name, Type, value);
      return {
        Action,
        ResourceRecordSet: { Name: "", Type, ...ResourceRecordSet, SetIdentifier: "us-east-1", Region: "us-east-1" },
      };
    };
    const [ipv4, ipv6] = ["192.0.2.1", "2001:db8::1"] as const;
    await send(located("CREATE", "both", "A", ipv4), located("CREATE", "both", "AAAA", ipv6));
    expect(await send(located("DELETE", "both", "A", ipv4))).toBe("");
    expect(await send(located("CREATE", "both", "AAAA", ipv6))).toBe("InvalidChangeBatch");
    expect(await send(located("DELETE", "both", "AAAA", ipv6))).toBe("");
    expect(await send(located("CREATE", "both", "AAAA", ipv6))).toBe("");
  });

  it("refuses a CNAME record beside others [cname-beside-others]", async () => {
    await send(change("CREATE", "three", "A", "192.0.2.1"));
    const cname = change("CREATE", "three", "CNAME", "one.example.com");
    expect(await send(cname)).toBe("InvalidChangeBatch");
    expect(await send(change("DELETE", "three", "A", "192.0.2.1"), cname)).toBe("");
    expect(await send(change("CREATE", "three", "TXT", '"text"'))).toBe("InvalidChangeBatch");
  });

  it("refuses a CNAME record for the name of the zone [cname-beside-others]", async () => {
    const ResourceRecordSet = {
      Name: "example.com",
      Type: "CNAME" as const,
      TTL: 60,
      ResourceRecords: [{ Value: "one.example.org" }],
    };
    expect(await send({ Action: "CREATE", ResourceRecordSet })).toBe("InvalidChangeBatch");
  });

  it("refuses to delete a hosted zone with records [hosted-zone-with-records]", async () => {
    const command = new CreateHostedZoneCommand({ Name: "example.org", CallerReference: "other" });
    const Id = (await route53.send(command)).HostedZone?.Id;
    const ResourceRecordSet = {
      Name: "a.example.org",
      Type: "A" as const,
      TTL: 60,
      ResourceRecords: [{ Value: "192.0.2.1" }],
    };
    const record = (Action: ChangeAction) =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: Id,
          ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
        }),
      );
    await record("CREATE");
    expect(await refusal(route53.send(new DeleteHostedZoneCommand({ Id })))).toBe("HostedZoneNotEmpty");
    await record("DELETE");
    expect(await refusal(route53.send(new DeleteHostedZoneCommand({ Id })))).toBe("");
  });
});
