import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Postgres as PostgresConfig } from "../../../schema/data/postgres";
import { ServiceRole } from "../../identity/service-role";
import { databaseProxyLogGroupName, databaseProxyName, roleName } from "../../naming";
import { Connection, SecurityGroup, type Peer } from "../../network/security-group";
import { postgresPort, type PostgresServer } from "./server";

export interface PostgresProxyProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly settings: NonNullable<PostgresConfig["proxy"]>;
  readonly logRetentionDays: number;
  readonly server: PostgresServer;
  /** The server as one end of a connection. */
  readonly peer: Peer;
}

/** RDS Proxy in front of a server: a connection pool that requires TLS. */
export class PostgresProxy extends Construct {
  public readonly host: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly peer: Peer;
  /** The registration of the server, without which the proxy answers no connection. */
  public readonly target: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PostgresProxyProps) {
    super(scope, id);
    const { stage, vpcId, subnetIds, settings, server } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "postgres-proxy" });
    const connection = { from: securityGroup.peer, to: props.peer, port: postgresPort };
    const toServer = new Connection(this, "to-postgres", { ...connection, reason: "connections of tasks" });
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, "postgres-proxy"),
      service: "rds.amazonaws.com",
      statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [server.secretArn] }],
    });
    const name = databaseProxyName(stage);
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: databaseProxyLogGroupName(name),
      retentionInDays: props.logRetentionDays,
    });
    const proxy = new DbProxy(this, "proxy", {
      name,
      engineFamily: "POSTGRESQL",
      requireTls: true,
      idleClientTimeout: settings.idleClientTimeoutMinutes * 60,
      roleArn: role.arn,
      auth: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn: server.secretArn }],
      vpcSecurityGroupIds: [securityGroup.id],
      vpcSubnetIds: subnetIds,
      // RDS would otherwise create the group, without retention.
      dependsOn: [logGroup, ...role.policies, ...toServer.rules],
    });
    const targets = new DbProxyDefaultTargetGroup(this, "targets", {
      dbProxyName: proxy.name,
      connectionPoolConfig: { maxConnectionsPercent: settings.maximumConnectionsPercent },
    });
    this.target = new DbProxyTarget(this, "target", {
      dbProxyName: proxy.name,
      targetGroupName: targets.name,
      ...server.proxyTarget,
      // A proxy without an instance behind it answers no connection.
      ...(server.instances !== undefined && { dependsOn: [...server.instances] }),
    });
    this.host = proxy.endpoint;
    this.metricName = proxy.name;
    this.peer = securityGroup.peer;
  }
}
