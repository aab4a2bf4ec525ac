import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Ec2InstanceConnectEndpoint } from "@cdktf/provider-aws/lib/ec2-instance-connect-endpoint";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Bastion as BastionConfig } from "../../schema/bastion";
import type { Statement } from "../data/grant";
import { encodedJson } from "../json";
import { bastionKeyName, logGroupName, networkName, sessionDocumentName, type Named } from "../naming";
import type { Network } from "../network/network";
import { Connection, SecurityGroup, type Peer } from "../network/security-group";

export interface AccessProps {
  readonly stage: StageConfig;
  readonly network: Network;
  /** The bastion, as one end of a flow. */
  readonly peer: Peer;
}

/** How people come to the bastion. */
export interface BastionAccess {
  /** What its role may do. @default - nothing */
  readonly statements?: readonly Statement[];
  readonly keyName?: string;
  /** Document by which a session is opened. @default - sessions are SSH's */
  readonly sessionDocument?: string;
  /** Whether it stands on the internet. @default false */
  readonly isPublic?: boolean;
}

const sshPort = 22;

/** Opens exactly the way that the stage chose. */
export function configureAccess(scope: Construct, bastion: BastionConfig, props: AccessProps): BastionAccess {
  const { stage, network, peer } = props;
  switch (bastion.access) {
    case "ssm": {
      const log = new SessionLog(scope, "sessions", { stage, retentionDays: bastion.sessionLogRetentionDays });
      return { statements: log.statements, sessionDocument: log.documentName };
    }
    case "instance-connect": {
      const endpoint = new Construct(scope, "endpoint");
      const securityGroup = new SecurityGroup(endpoint, "security-group", {
        stage,
        vpcId: network.vpcId,
        role: "bastion-endpoint",
      });
      new Connection(scope, "from-endpoint", {
        from: securityGroup.peer,
        to: peer,
        port: sshPort,
        reason: "tunnels of people",
      });
      const [subnetId = ""] = network.taskSubnets.subnetIds;
      new Ec2InstanceConnectEndpoint(endpoint, "instance-connect-endpoint", {
        subnetId,
        securityGroupIds: [securityGroup.id],
        // So that the bastion sees who comes as the endpoint, which alone is let in.
        preserveClientIp: false,
        tags: { Name: networkName(stage, "bastion") },
      });
      return {};
    }
    case "ssh": {
      bastion.cidrs.forEach((cidrIpv4, index) => {
        const from: Peer = { name: `people-${index + 1}`, cidrIpv4 };
        new Connection(scope, `from-people-${index + 1}`, { from, to: peer, port: sshPort, reason: "SSH of people" });
      });
      const { keyName } = new KeyPair(scope, "key", {
        keyName: bastionKeyName(stage),
        publicKey: bastion.publicKey,
      });
      return { keyName, isPublic: true };
    }
  }
}

interface SessionLogProps {
  readonly stage: Named;
  readonly retentionDays: number;
}

/** What people type and see in sessions of the bastion, and the document that sends it there. */
class SessionLog extends Construct {
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
