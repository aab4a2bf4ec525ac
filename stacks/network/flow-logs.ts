import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { ServiceRole } from "../identity/service-role";
import { logGroupName, networkName, roleName } from "../naming";

export interface FlowLogsProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
}

/** VPC flow logs of all traffic, in CloudWatch Logs. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { stage, vpcId } = props;
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName(stage, "vpc-flow-logs"),
      retentionInDays: stage.network.flowLogRetentionDays,
    });
    const role = new ServiceRole(this, "writer", {
      name: roleName(stage, "vpc-flow-logs"),
      service: "vpc-flow-logs.amazonaws.com",
      sourceAccount: stage.accountId,
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, for this log group only
      statements: [
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
          resources: [logGroup.arn, `${logGroup.arn}:*`],
        },
      ],
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: networkName(stage, "flow-log") },
    });
  }
}
