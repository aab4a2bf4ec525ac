import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
} from "@aws-sdk/client-rds";
import type { StageInput } from "../../schema";
import { clientsOf, type Clients } from "./aws/clients";
import { expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const region = "us-east-1";
const snapshot = "before-upgrade";
const restored = {
  restoreFrom: snapshot,
  databaseName: "shop",
  masterUsername: "shopowner",
  deletionProtection: false,
} as const;

/** A small stage with one database, which is restored from a snapshot. */
const stageWith = (cidr: string, postgres: NonNullable<StageInput["data"]>["postgres"]): Partial<StageInput> => ({
  state: { backend: "local" },
  network: { cidr, zones: ["us-east-1a", "us-east-1b"], egress: { mode: "public-subnets" } },
  data: { postgres },
  services: {
    orders: {
      kind: "web",
      healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
      uses: ["postgres"],
    },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
});
const stages = {
  instance: stageWith("10.93.0.0/16", { kind: "instance", multiAz: false, finalSnapshot: false, ...restored }),
  cluster: stageWith("10.94.0.0/16", { kind: "aurora-serverless", readers: 0, finalSnapshot: "last", ...restored }),
};
const [instance, cluster] = [`instance-${region}`, `cluster-${region}`];

describe("databases that are restored from snapshots of deleted ones", () => {
  let sandbox: Sandbox;
  let aws: Clients;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    aws = clientsOf(sandbox.emulator.endpoint, region);
    await createSnapshots(aws);
    for (const [stage, content] of Object.entries(stages)) {
      const text = JSON.stringify({ ...content, stage, region });
      const source = `import { defaults } from "../defaults";\nexport default { ...defaults, ...${text} };\n`;
      sandbox.write(`config/dev/${stage}/${region}-${stage}.ts`, source);
    }
    await sandbox.synthesize();
    await Promise.all([instance, cluster].map((stack) => sandbox.deploy(stack)));
  });
  afterAll(() => sandbox.stop());

  it("have an instance with the user of the snapshot and a password that RDS manages", async () => {
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    const database = DBInstances.find(
      ({ DBInstanceIdentifier }) => DBInstanceIdentifier === "appname-postgres-instance",
    );
    expect(database).toMatchObject({ MasterUsername: "shopowner", StorageEncrypted: true });
    expect(database?.MasterUserSecret?.SecretStatus).toBe("active");
  });

  it("have a cluster with the user of the snapshot and a password that RDS manages", async () => {
    const { DBClusters: [database] = [] } = await aws.rds.send(new DescribeDBClustersCommand({}));
    expect(database).toMatchObject({ MasterUsername: "shopowner", StorageEncrypted: true });
    expect(database?.MasterUserSecret?.SecretStatus).toBe("active");
  });

  it("plan nothing more, as an instance", async () => {
    await expectNoChanges(sandbox, instance);
  });

  // The provider does not enable IAM authentication when it restores a cluster, and AWS does not by default.
  it.failing("plan nothing more, as a cluster", async () => {
    await expectNoChanges(sandbox, cluster);
  });

  it("plan nothing more, as a cluster that is deployed a second time, after its maintenance window", async () => {
    expect(await plannedChanges(sandbox, cluster)).toContain("update aws_rds_cluster.data_postgres_server");
    await sandbox.deploy(cluster);
    await sandbox.emulator.openMaintenanceWindow();
    await expectNoChanges(sandbox, cluster);
  });

  it("leave only the snapshots behind after they are destroyed", async () => {
    await Promise.all(
      [instance, cluster].map((stack) => sandbox.terraform(stack, ["destroy", "-auto-approve", "-input=false"])),
    );
    expect((await sandbox.leftovers()).sort()).toEqual([
      "DB cluster snapshot appname-postgres-cluster-last",
      `DB cluster snapshot ${snapshot}`,
      `DB snapshot ${snapshot}`,
    ]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});

/** Leaves the snapshots of an instance and of a cluster. */
async function createSnapshots({ rds }: Clients): Promise<void> {
  const settings = { EngineVersion: "17", MasterUsername: "shopowner", ManageMasterUserPassword: true };
  const [DBInstanceIdentifier, DBClusterIdentifier] = ["old-instance", "old-cluster"];
  await rds.send(
    new CreateDBInstanceCommand({
      ...settings,
      DBInstanceIdentifier,
      DBName: "shop",
      Engine: "postgres",
      DBInstanceClass: "db.t4g.small",
      AllocatedStorage: 20,
      StorageEncrypted: true,
    }),
  );
  await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: snapshot }));
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
  await rds.send(
    new CreateDBClusterCommand({
      ...settings,
      DBClusterIdentifier,
      DatabaseName: "shop",
      Engine: "aurora-postgresql",
      StorageEncrypted: true,
    }),
  );
  await rds.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier: snapshot }));
  await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
}
