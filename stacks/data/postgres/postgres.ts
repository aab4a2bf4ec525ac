import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import { arnOf, partitionIn } from "../../arn";
import type { PostgresMonitoringTarget } from "../../monitoring/monitoring-target";
import { databaseIdentifier } from "../../naming";
import { SecurityGroup } from "../../network/security-group";
import type { Subnets } from "../../network/subnets";
import { addOutput } from "../../readable-stack";
import type { BackupResource } from "../backups";
import type { Endpoint, Grant, Statement } from "../grant";
import { PostgresProxy } from "./proxy";
import { PostgresCluster, PostgresInstance, postgresPort, type PostgresServer } from "./server";

export interface PostgresProps {
  readonly stage: StageConfig;
  readonly postgres: PostgresConfig;
  readonly vpcId: string;
  readonly subnets: Subnets;
}

/** The Postgres database of a stage, in isolated subnets. */
export class Postgres extends Construct {
  /** Grants services access: host, user, and the means to authenticate; never a password. */
  public readonly grant: Grant;
  /** Endpoint of the server, also when services connect through a proxy. */
  public readonly endpoint: Endpoint;
  public readonly backupResource: BackupResource;
  public readonly monitoringTargets: PostgresMonitoringTarget;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { stage, postgres, vpcId, subnets } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "postgres" });
    const subnetGroup = new DbSubnetGroup(this, "subnet-group", {
      name: databaseIdentifier(stage),
      subnetIds: subnets.subnetIds,
    });
    const common = { stage, subnetGroupName: subnetGroup.name, securityGroupId: securityGroup.id };
    const server: PostgresServer =
      postgres.kind === "instance"
        ? new PostgresInstance(this, "server", { ...common, postgres })
        : new PostgresCluster(this, "server", { ...common, postgres });
    this.backupResource = server.backupResource;
    addOutput(this, "database_host", {
      value: server.host,
      description: "Host of the database, for who is on the bastion",
    });
    const { peer } = securityGroup;
    const proxy =
      postgres.proxy &&
      new PostgresProxy(this, "proxy", {
        stage,
        vpcId,
        subnetIds: subnets.subnetIds,
        settings: postgres.proxy,
        logRetentionDays: postgres.logRetentionDays,
        server,
        peer,
      });
    this.monitoringTargets = { server: server.monitoringTargets, proxy: proxy?.metricName };
    const connection = { port: postgresPort, reason: "rows of the stage" };
    this.endpoint = { ...connection, to: peer };
    this.grant = {
      environment: {
        DATABASE_HOST: proxy?.host ?? server.host,
        DATABASE_PORT: String(postgresPort),
        DATABASE_NAME: postgres.databaseName,
        ...(server.readerHost !== undefined && { DATABASE_READER_HOST: server.readerHost }),
        ...signInVariables(postgres, server),
      },
      statements: [this.signInStatement(props, server)],
      endpoints: [
        { ...connection, to: proxy?.peer ?? peer },
        // RDS Proxy has no endpoint for the readers here.
        ...(proxy !== undefined && server.readerHost !== undefined ? [this.endpoint] : []),
      ],
      // A cluster answers once it has an instance, and a proxy once it has a target.
      prerequisites: [...(server.instances ?? []), ...(proxy === undefined ? [] : [proxy.target])],
    };
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
  private signInStatement(
    { stage, postgres: { authentication } }: PostgresProps,
    { secretArn, resourceId }: PostgresServer,
  ): Statement {
    if (authentication.mode === "secret") {
      return { actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] };
    }
    const partition = partitionIn(this);
    const user = arnOf({ ...stage, partition }, "rds-db", `dbuser:${resourceId}/${authentication.user}`);
    return { actions: ["rds-db:connect"], resources: [user] };
  }
}

function signInVariables(
  { authentication, masterUsername }: PostgresConfig,
  { secretArn }: PostgresServer,
): Record<string, string> {
  return authentication.mode === "iam"
    ? { DATABASE_USER: authentication.user, DATABASE_AUTH: "iam" }
    : { DATABASE_USER: masterUsername, DATABASE_SECRET_ARN: secretArn };
}
