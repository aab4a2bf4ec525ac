import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
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
  /** The server, as one end of a flow. */
  readonly peer: Peer;
}

/** RDS Proxy in front of a server: it shares connections between tasks, for TLS only. */
export class PostgresProxy extends Construct {
  public readonly host: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly peer: Peer;

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
      // RDS would make the group itself, and keep its lines for ever.
      dependsOn: [logGroup, ...role.policies, ...toServer.rules],
    });
    const targets = new DbProxyDefaultTargetGroup(this, "targets", {
      dbProxyName: proxy.name,
      connectionPoolConfig: { maxConnectionsPercent: settings.maximumConnectionsPercent },
    });
    new DbProxyTarget(this, "target", {
      dbProxyName: proxy.name,
      targetGroupName: targets.name,
      ...server.proxyTarget,
    });
    this.host = proxy.endpoint;
    this.metricName = proxy.name;
    this.peer = securityGroup.peer;
  }
}
