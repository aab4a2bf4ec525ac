import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import type { Bastion as BastionConfig } from "../../schema/bastion";
import type { DataServices } from "../data/data-services";
import { ServiceRole } from "../identity/service-role";
import { networkName, roleName } from "../naming";
import type { Network } from "../network/network";
import { Connection, SecurityGroup } from "../network/security-group";
import { addOutput } from "../readable-stack";
import { openAccess } from "./access";

export interface BastionProps {
  readonly stage: StageConfig;
  readonly bastion: BastionConfig;
  readonly network: Network;
  readonly dataServices: DataServices;
}

/** https://docs.aws.amazon.com/linux/al2023/ug/ec2.html#launch-via-aws-cli */
const imageParameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** A small server from which people reach the databases of the stage, and nothing else inside the VPC. */
export class Bastion extends Construct {
  constructor(scope: Construct, id: string, props: BastionProps) {
    super(scope, id);
    const { stage, bastion, network, dataServices } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId: network.vpcId, role: "bastion" });
    const { peer: from } = securityGroup;
    for (const to of network.taskEgress) {
      new Connection(this, `to-${to.name}`, { from, to, port: 443, reason: "sessions and packages" });
    }
    for (const door of dataServices.servers)
      new Connection(this, `to-${door.to.name}`, { ...door, from, reason: "people" });
    const access = openAccess(this, bastion, { stage, network, peer: from });
    const { statements, keyName, sessionDocument } = access;
    const role = new ServiceRole(this, "role", {
      name: roleName(stage, "bastion"),
      service: "ec2.amazonaws.com",
      ...(statements !== undefined && { statements }),
    });
    const profile = new IamInstanceProfile(this, "profile", { name: roleName(stage, "bastion"), role: role.name });
    const [subnetId = ""] = (access.isPublic ? network.publicSubnets : network.taskSubnets)?.subnetIds ?? [];
    const instance = new Instance(this, "instance", {
      ami: new DataAwsSsmParameter(this, "image", { name: imageParameter }).insecureValue,
      instanceType: bastion.instanceType,
      subnetId,
      vpcSecurityGroupIds: [securityGroup.id],
      ...((access.isPublic ?? network.assignPublicIp) && { associatePublicIpAddress: true }),
      ...(keyName !== undefined && { keyName }),
      iamInstanceProfile: profile.name,
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: "gp3" },
      tags: { Name: networkName(stage, "bastion") },
      // A newer image is no reason to end a session that somebody is in.
      lifecycle: { ignoreChanges: ["ami"] },
      dependsOn: [...role.policies],
    });
    addOutput(this, "bastion_instance_id", { value: instance.id, description: "Instance of the bastion" });
    if (sessionDocument === undefined) return;
    addOutput(this, "bastion_session_document", {
      value: sessionDocument,
      description: "Document that opens a session on the bastion",
    });
  }
}
