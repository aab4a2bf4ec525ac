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
  /** The bastion as one end of a connection. */
  readonly peer: Peer;
}

/** How operators reach the bastion. */
export interface BastionAccess {
  /** Permissions of the bastion's role. @default - none */
  readonly statements?: readonly Statement[];
  readonly keyName?: string;
  /** Session Manager document that opens a session. @default - sessions use SSH */
  readonly sessionDocument?: string;
  /** Whether it is in a public subnet. @default false */
  readonly isPublic?: boolean;
}

const sshPort = 22;

/** Creates what the kind of access in the stage file needs. */
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
        reason: "tunnels of operators",
      });
      const [subnetId = ""] = network.taskSubnets.subnetIds;
      new Ec2InstanceConnectEndpoint(endpoint, "instance-connect-endpoint", {
        subnetId,
        securityGroupIds: [securityGroup.id],
        // The bastion's security group allows the endpoint only, so its address must be the source.
        preserveClientIp: false,
        tags: { Name: networkName(stage, "bastion") },
      });
      return {};
    }
    case "ssh": {
      bastion.cidrs.forEach((cidrIpv4, index) => {
        const from: Peer = { name: `operators-${index + 1}`, cidrIpv4 };
        new Connection(scope, `from-operators-${index + 1}`, {
          from,
          to: peer,
          port: sshPort,
          reason: "SSH of operators",
        });
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

/** The log of sessions on the bastion, and the Session Manager document that writes to it. */
class SessionLog extends Construct {
  public readonly documentName: string;
  /** Permissions that the bastion's role needs for sessions. */
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
          // True would require a log group with a customer managed key.
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

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html; none of these actions has resource-level permissions. */
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
