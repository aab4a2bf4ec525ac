import { Ec2InstanceConnectEndpoint } from "@cdktf/provider-aws/lib/ec2-instance-connect-endpoint";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Bastion as BastionConfig } from "../../schema/bastion";
import type { Statement } from "../data/grant";
import { bastionKeyName, networkName } from "../naming";
import type { Network } from "../network/network";
import { Connection, SecurityGroup, type Peer } from "../network/security-group";
import { SessionLog } from "./session-log";

export interface AccessProps {
  readonly stage: StageConfig;
  readonly network: Network;
  /** The bastion, as one end of a flow. */
  readonly peer: Peer;
}

/** How people come to the bastion. */
export interface Access {
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
export function openAccess(scope: Construct, bastion: BastionConfig, props: AccessProps): Access {
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
