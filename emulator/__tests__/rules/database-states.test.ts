import {
  CreateReplicationGroupCommand,
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ModifyReplicationGroupCommand,
} from "@aws-sdk/client-elasticache";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("databases and caches that take time", () => {
  let now = Date.now();
  const aws = emulatorForSuite({ time: { databaseSeconds: 60, clock: () => now } });
  const rds = () => new RDSClient(aws.client());
  const cache = () => new ElastiCacheClient(aws.client());
  const credentials = { MasterUsername: "administrator", MasterUserPassword: "not-a-real-password" };

  it("refuses to change an instance that is not available [db-instance-not-available]", async () => {
    const DBInstanceIdentifier = "own";
    const size = { DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };
    const engine = { Engine: "postgres", EngineVersion: "16.3" };
    await rds().send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...engine, ...size, ...credentials }));
    const status = async () => {
      const { DBInstances } = await rds().send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
      return DBInstances?.[0]?.DBInstanceStatus;
    };
    const protect = () => rds().send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, DeletionProtection: true }));
    expect(await status()).toBe("creating");
    expect(await refusal(protect())).toBe("InvalidDBInstanceState");
    now += 60_000;
    expect(await status()).toBe("available");
    expect(await refusal(protect())).toBe("");
    expect(await status()).toBe("modifying");
  });

  it("refuses to change a cluster that is not available [db-cluster-not-available]", async () => {
    const DBClusterIdentifier = "own";
    const engine = { Engine: "aurora-postgresql", EngineVersion: "16.4" };
    await rds().send(new CreateDBClusterCommand({ DBClusterIdentifier, ...engine, ...credentials }));
    const protect = () => rds().send(new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: true }));
    expect(await refusal(protect())).toBe("InvalidDBClusterStateFault");
    now += 60_000;
    expect(await refusal(protect())).toBe("");
  });

  it("refuses to change a cache that is not available [replication-group-not-available]", async () => {
    const ReplicationGroupId = "own";
    const group = { ReplicationGroupId, ReplicationGroupDescription: "own", Engine: "valkey" };
    await cache().send(new CreateReplicationGroupCommand(group));
    const status = async () => {
      const { ReplicationGroups } = await cache().send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
      return ReplicationGroups?.[0]?.Status;
    };
    const change = () =>
      cache().send(new ModifyReplicationGroupCommand({ ReplicationGroupId, SnapshotRetentionLimit: 3 }));
    expect(await status()).toBe("creating");
    expect(await refusal(change())).toBe("InvalidReplicationGroupState");
    now += 60_000;
    expect(await status()).toBe("available");
    expect(await refusal(change())).toBe("");
    expect(await status()).toBe("modifying");
  });
});
