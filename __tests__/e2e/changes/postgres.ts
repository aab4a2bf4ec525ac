import { CreateDBSnapshotCommand, ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import type { StageInput } from "../../../schema";
import { base, networkAt, web, type Content } from "./content";
import type { StepContext, Walk } from "./walk";

type Postgres = NonNullable<NonNullable<StageInput["data"]>["postgres"]>;
type Instance = Extract<Postgres, { kind: "instance" }>;

const without: Content = { ...base, network: networkAt("10.82.0.0/16"), services: { orders: web } };
const withDatabase = (postgres: Postgres): Content => ({
  ...without,
  data: { postgres },
  services: { orders: { ...web, uses: ["postgres"] } },
});

const small: Instance = {
  kind: "instance",
  multiAz: false,
  applyImmediately: true,
  deletionProtection: false,
  finalSnapshot: false,
};
const larger: Instance = {
  ...small,
  instanceClass: "db.m8g.large",
  storage: { allocatedGiB: 50, maximumGiB: 200 },
  multiAz: true,
  slowQueryMilliseconds: 250,
  backupRetentionDays: 14,
};
const withProxy: Instance = { ...larger, proxy: {} };
const cluster: Postgres = {
  kind: "aurora-serverless",
  readers: 0,
  applyImmediately: true,
  deletionProtection: false,
  finalSnapshot: false,
};
const snapshot = "before-restore";
const instance = "aws_db_instance.data_postgres_server";
const log = "aws_cloudwatch_log_group.data_postgres_server";

/** A database from its first instance over its changes to an Aurora cluster. */
export const postgresWalk: Walk = {
  stage: "rows",
  first: without,
  steps: [
    { name: "data: a Postgres instance is added, and used", content: withDatabase(small) },
    {
      name: "data: class, storage, Multi-AZ and parameters of Postgres at once, and IAM in place of the password",
      content: withDatabase({ ...larger, authentication: { mode: "iam" } }),
    },
    { name: "data: the password again, and a proxy of Postgres is added", content: withDatabase(withProxy) },
    {
      name: "data: class and Multi-AZ of Postgres, in the maintenance window",
      content: withDatabase({ ...withProxy, instanceClass: "db.m8g.xlarge", multiAz: false, applyImmediately: false }),
      // What refers to the changed instance is planned again as well, and is not changed.
      pending: [
        `update ${instance}`,
        "update aws_iam_role_policy.data_postgres_proxy",
        "update aws_iam_role_policy.services_orders_task",
      ],
    },
    {
      name: "data: the proxy of Postgres is removed, after RDS has upgraded the minor version",
      content: withDatabase({ ...larger, instanceClass: "db.m8g.xlarge", multiAz: false }),
      prepare: upgradeMinorVersion,
      losses: ["aws_cloudwatch_log_group.data_postgres_proxy"],
    },
    {
      name: "data: Postgres is restored from a snapshot, which the guard refuses first",
      content: withDatabase({ ...larger, restoreFrom: snapshot }),
      prepare: createSnapshot,
      replaced: [/^aws_db_instance\./],
      losses: [instance],
    },
    {
      name: "data: the instance of Postgres becomes an Aurora cluster, which the guard refuses first",
      content: withDatabase(cluster),
      replaced: [/^aws_cloudwatch_log_group\.data_postgres_server$/],
      losses: [instance, log],
    },
    {
      name: "data: readers, capacity and a proxy of Aurora are added",
      content: withDatabase({ ...cluster, readers: 1, capacity: { minimum: 1, maximum: 8 }, proxy: {} }),
    },
  ],
  back: {
    losses: ["aws_cloudwatch_log_group.data_postgres_proxy", log, "aws_rds_cluster.data_postgres_server"],
  },
};

const DBInstanceIdentifier = "appname-postgres-rows";

/** As RDS does in a maintenance window: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.Minor.html */
async function upgradeMinorVersion({ aws }: StepContext): Promise<void> {
  await aws.rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier, EngineVersion: "17.8", ApplyImmediately: true }),
  );
}

async function createSnapshot({ aws }: StepContext): Promise<void> {
  await aws.rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: snapshot }));
}
