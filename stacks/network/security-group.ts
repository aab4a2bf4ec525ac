import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { usersFirst } from "../lifecycle";
import { networkName, securityGroupPrefix, type Named } from "../naming";

/** One end of a connection: a security group, an AWS service behind a gateway endpoint, or a CIDR range. */
export type Peer = { readonly name: string } & (
  | {
      readonly securityGroupId: string;
      /** The Terraform name of the group without the area of the stack, such as `alb` of `ingress_alb`. */
      readonly address: string;
    }
  | { readonly prefixListId: string }
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: "::/0" }
);

/** Part of the construct ids of a peer's connections, which another security group of the same name does not have. */
export function peerId(peer: Peer): string {
  return "address" in peer ? peer.address : peer.name;
}

const internet: Peer = { name: "internet", cidrIpv4: "0.0.0.0/0" };
const internetIpv6: Peer = { name: "internet-ipv6", cidrIpv6: "::/0" };

/** The internet, by address family. */
export function internetPeers(ipAddressType: "ipv4" | "dualstack"): readonly Peer[] {
  return ipAddressType === "ipv4" ? [internet] : [internet, internetIpv6];
}

export interface SecurityGroupProps {
  readonly stage: Named;
  readonly vpcId: string;
  /** What the group protects, such as `load-balancer`. */
  readonly role: string;
}

/** A security group that allows the connections of `Connection` constructs only. */
export class SecurityGroup extends Construct {
  public readonly id: string;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { stage, vpcId, role } = props;
    const group = new AwsSecurityGroup(this, "group", {
      vpcId,
      namePrefix: securityGroupPrefix(stage, role),
      description: `Guards ${role}; its rules are separate resources`,
      tags: { Name: networkName(stage, role) },
      // A group in use cannot be deleted, and network interfaces outlive their owners by minutes.
      lifecycle: usersFirst,
      timeouts: { delete: "20m" },
    });
    this.id = group.id;
    this.peer = {
      name: role,
      securityGroupId: group.id,
      address: group.friendlyUniqueId.split("_").slice(1).join("-"),
    };
  }
}

export interface ConnectionProps {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number;
  /** Part of the descriptions of the rules. */
  readonly reason: string;
}

/**
 * Allows TCP from one peer to another on one port: a rule in the security group of each end that has one.
 *
 * The port is part of the addresses, as it is of what AWS identifies a rule by; the peers are part of the path. So another
 * port is a rule beside the old one, which exists until the tasks that listen on the old port are replaced.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export class Connection extends Construct {
  /** For `dependsOn` of what needs the connection. */
  public readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id);
    const { from, to, port, reason } = props;
    const rule = {
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description: `${from.name} to ${to.name}: ${reason}`,
      lifecycle: usersFirst,
    };
    const portScope = new Construct(this, `tcp-${port}`);
    const egress =
      "securityGroupId" in from &&
      new VpcSecurityGroupEgressRule(portScope, "egress", {
        ...rule,
        securityGroupId: from.securityGroupId,
        ...otherEnd(to),
      });
    const ingress =
      "securityGroupId" in to &&
      new VpcSecurityGroupIngressRule(portScope, "ingress", {
        ...rule,
        securityGroupId: to.securityGroupId,
        ...otherEnd(from),
      });
    this.rules = [egress, ingress].filter((resource) => resource !== false);
  }
}

function otherEnd(peer: Peer) {
  if ("securityGroupId" in peer) return { referencedSecurityGroupId: peer.securityGroupId };
  if ("prefixListId" in peer) return { prefixListId: peer.prefixListId };
  return "cidrIpv4" in peer ? { cidrIpv4: peer.cidrIpv4 } : { cidrIpv6: peer.cidrIpv6 };
}
