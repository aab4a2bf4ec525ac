import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import type { Statement } from "../data/grant";
import { encodedJson } from "../json";
import { logGroupName, sessionDocumentName, type Named } from "../naming";

export interface SessionLogProps {
  readonly stage: Named;
  readonly retentionDays: number;
}

/** What people type and see in sessions of the bastion, and the document that sends it there. */
export class SessionLog extends Construct {
  public readonly documentName: string;
  /** What the bastion's role needs for a session. */
  public readonly statements: readonly Statement[];

  constructor(scope: Construct, id: string, props: SessionLogProps) {
    super(scope, id);
    const { stage, retentionDays } = props;
    const group = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName(stage, "bastion"),
      retentionInDays: retentionDays,
    });
    const document = new SsmDocument(this, "document", {
      name: sessionDocumentName(stage),
      documentType: "Session",
      documentFormat: "JSON",
      content: encodedJson({
        schemaVersion: "1.0",
        description: "A shell on the bastion, whose lines are logged",
        sessionType: "Standard_Stream",
        inputs: {
          cloudWatchLogGroupName: group.name,
          // Logs are encrypted by CloudWatch's own key; this would ask for a customer's.
          cloudWatchEncryptionEnabled: false,
          cloudWatchStreamingEnabled: true,
          idleSessionTimeout: "20",
        },
      }),
    });
    this.documentName = document.name;
    this.statements = [
      ...agentStatements,
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [`${group.arn}:*`],
      },
    ];
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html; none of these is granted on less. */
const agentStatements: readonly Statement[] = [
  {
    actions: [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "logs:DescribeLogGroups",
    ],
    resources: ["*"],
  },
];
