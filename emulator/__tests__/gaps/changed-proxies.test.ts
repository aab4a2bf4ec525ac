import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDBProxyCommand,
  CreateEventSubscriptionCommand,
  DescribeDBProxiesCommand,
  DescribeEventSubscriptionsCommand,
  ListTagsForResourceCommand,
  ModifyDBProxyCommand,
  ModifyEventSubscriptionCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("changed proxies and event subscriptions of RDS", () => {
  const aws = emulatorForSuite();
  const rds = () => new RDSClient(aws.client());
  const tags = [{ Key: "app", Value: "shop" }];

  it("changes the settings of a proxy, and keeps the others", async () => {
    const DBProxyName = "shop";
    const { Subnets = [] } = await new EC2Client(aws.client()).send(new DescribeSubnetsCommand({}));
    const VpcSubnetIds = Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
    const secret = (name: string) => ({
      AuthScheme: "SECRETS" as const,
      SecretArn: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}-AbCdEf`,
      IAMAuth: "REQUIRED" as const,
    });
    const access = { Auth: [secret("own")], RoleArn: "arn:aws:iam::111122223333:role/own", VpcSubnetIds };
    const proxy = { DBProxyName, EngineFamily: "POSTGRESQL", RequireTLS: true, ...access } as const;
    const created = (await rds().send(new CreateDBProxyCommand(proxy))).DBProxy;
    expect(created?.RequireTLS).toBe(true);

    const modify = (change: object) => rds().send(new ModifyDBProxyCommand({ DBProxyName, ...change }));
    const first = (await modify({ IdleClientTimeout: 60, DebugLogging: true })).DBProxy;
    expect(first).toMatchObject({ DBProxyName, IdleClientTimeout: 60, Endpoint: created?.Endpoint });
    await modify({ RequireTLS: false, Auth: [secret("own"), secret("other")], SecurityGroups: ["sg-1"] });
    const { DBProxies } = await rds().send(new DescribeDBProxiesCommand({ DBProxyName }));
    expect(DBProxies).toMatchObject([
      {
        Auth: [secret("own"), secret("other")],
        DebugLogging: true,
        IdleClientTimeout: 60,
        RequireTLS: false,
        RoleArn: access.RoleArn,
        VpcSecurityGroupIds: ["sg-1"],
      },
    ]);
    expect(await refusal(modify({ DBProxyName: "unknown" }))).toBe("DBProxyNotFoundFault");
  });

  it("changes a subscription, and keeps the rest of it", async () => {
    const SubscriptionName = "shop";
    const { TopicArn: SnsTopicArn } = await new SNSClient(aws.client()).send(new CreateTopicCommand({ Name: "shop" }));
    const subscription = { SubscriptionName, SnsTopicArn, SourceType: "db-instance", Tags: tags };
    const EventCategories = ["failover", "backup"];
    await rds().send(new CreateEventSubscriptionCommand({ ...subscription, EventCategories, Enabled: true }));
    const modify = (change: object) => rds().send(new ModifyEventSubscriptionCommand({ SubscriptionName, ...change }));
    expect((await modify({ Enabled: false })).EventSubscription).toMatchObject({ Enabled: false });
    await modify({ EventCategories: ["failure"] });
    const { EventSubscriptionsList } = await rds().send(new DescribeEventSubscriptionsCommand({ SubscriptionName }));
    const rest = { SnsTopicArn, SourceType: "db-instance", Enabled: false };
    expect(EventSubscriptionsList).toMatchObject([{ ...rest, EventCategoriesList: ["failure"] }]);
    const ResourceName = EventSubscriptionsList?.[0]?.EventSubscriptionArn;
    expect((await rds().send(new ListTagsForResourceCommand({ ResourceName }))).TagList).toEqual(tags);
    expect(await refusal(modify({ SubscriptionName: "unknown" }))).toBe("SubscriptionNotFound");
  });
});
