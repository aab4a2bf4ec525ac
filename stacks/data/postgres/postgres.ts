import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import { databaseIdentifier } from "../../naming";
import { SecurityGroup } from "../../network/security-group";
import type { Subnets } from "../../network/subnets";
import type { PostgresMonitoringTarget } from "../../monitoring/monitoring-target";
import { addOutput } from "../../readable-stack";
import type { BackedUp } from "../backup/backed-up";
import type { Endpoint, Grant, Statement } from "../grant";
import { PostgresCluster } from "./cluster";
import { PostgresInstance } from "./instance";
import { PostgresProxy } from "./proxy";
import { postgresPort, type PostgresServer } from "./server";

export interface PostgresProps {
  readonly stage: StageConfig;
  readonly postgres: PostgresConfig;
  readonly vpcId: string;
  readonly subnets: Subnets;
}

/** The Postgres database of a stage, in subnets that lead nowhere. */
export class Postgres extends Construct {
  /** What a service gets that uses it: where it is, and how to sign in; never a password. */
  public readonly grant: Grant;
  /** Where the server itself is reached, also when services go through a proxy. */
  public readonly door: Endpoint;
  public readonly backedUp: BackedUp;
  public readonly monitoringTargets: PostgresMonitoringTarget;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { stage, postgres, vpcId, subnets } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "postgres" });
    const subnetGroup = new DbSubnetGroup(this, "subnet-group", {
      name: databaseIdentifier(stage),
      subnetIds: subnets.subnetIds,
    });
    const place = { stage, subnetGroupName: subnetGroup.name, securityGroupId: securityGroup.id };
    const server: PostgresServer =
      postgres.kind === "instance"
        ? new PostgresInstance(this, "server", { ...place, postgres })
        : new PostgresCluster(this, "server", { ...place, postgres });
    this.backedUp = server.backedUp;
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
    const door = { port: postgresPort, reason: "rows of the stage" };
    this.door = { ...door, to: peer };
    this.grant = {
      environment: {
        DATABASE_HOST: proxy?.host ?? server.host,
        DATABASE_PORT: String(postgresPort),
        DATABASE_NAME: postgres.databaseName,
        ...(server.readerHost !== undefined && { DATABASE_READER_HOST: server.readerHost }),
        ...signIn(postgres, server),
      },
      statements: [this.signInStatement(props, server)],
      endpoints: [
        { ...door, to: proxy?.peer ?? peer },
        // The proxy writes only.
        ...(proxy !== undefined && server.readerHost !== undefined ? [this.door] : []),
      ],
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
    const { partition } = new DataAwsPartition(this, "partition");
    const place = `arn:${partition}:rds-db:${stage.region}:${stage.accountId}`;
    return { actions: ["rds-db:connect"], resources: [`${place}:dbuser:${resourceId}/${authentication.user}`] };
  }
}

function signIn(
  { authentication, masterUsername }: PostgresConfig,
  { secretArn }: PostgresServer,
): Record<string, string> {
  return authentication.mode === "iam"
    ? { DATABASE_USER: authentication.user, DATABASE_AUTH: "iam" }
    : { DATABASE_USER: masterUsername, DATABASE_SECRET_ARN: secretArn };
}
