import type { AwsRequest, Forward, Gap, Handlers, Reply } from "../proxy/gap";
import { Store } from "../store";
import type { Slow } from "./timing";
import { formList, formObjects } from "../wire/form";
import { editXml, isSuccess, xmlReply } from "../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../wire/xml";

const version = "2016-11-15";
const defaultVolumeSizeGiB = "8";
const ipv6AssociationFilter = "ipv6-cidr-block-association.association-id";

/** What moto does not emulate of VPCs and instances. */
export function ec2(_slow?: Slow): Gap {
  return {
    service: "ec2",
    handlers: { ...securityGroupRules(), ...subnets(), ...instances(), ...cascadingDeletion() },
  };
}

/**
 * moto loses the description of a rule that refers to a security group or a prefix list, and ignores a new group in
 * ModifySecurityGroupRules; affects `aws_vpc_security_group_ingress_rule` and `aws_vpc_security_group_egress_rule`.
 */
function securityGroupRules(): Handlers {
  const descriptions = new Store<string>();
  const referencedGroups = new Store<string>();

  const authorize = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const [permission] = formObjects(request.form, "IpPermissions");
    const description = ["IpRanges", "Ipv6Ranges", "Groups", "PrefixListIds", "UserIdGroupPairs"]
      .map((source) => permission?.get(`${source}.1.Description`))
      .find((value) => value != null);
    return editXml(await forward(), (root) => {
      for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
        if (description == null) continue;
        descriptions.of(request).set(textOf(rule, "securityGroupRuleId"), description);
        setChild(rule, element("description", description));
      }
    });
  };

  return {
    AuthorizeSecurityGroupIngress: authorize,
    AuthorizeSecurityGroupEgress: authorize,
    ModifySecurityGroupRules: async (request, forward) => {
      const reply = await forward();
      for (const rule of isSuccess(reply) ? formObjects(request.form, "SecurityGroupRule") : []) {
        const id = rule.get("SecurityGroupRuleId") ?? "";
        const description = rule.get("SecurityGroupRule.Description");
        if (description !== null) descriptions.of(request).set(id, description);
        const group = rule.get("SecurityGroupRule.ReferencedGroupId");
        if (group !== null) referencedGroups.of(request).set(id, group);
      }
      return reply;
    },
    DescribeSecurityGroupRules: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const rule of findAll(root, "securityGroupRuleSet", "item")) {
          const id = textOf(rule, "securityGroupRuleId");
          const description = descriptions.of(request).get(id);
          if (description !== undefined) setChild(rule, element("description", description));
          const group = referencedGroups.of(request).get(id);
          const reference = find(rule, "referencedGroupInfo");
          if (group !== undefined && reference !== undefined) setChild(reference, element("groupId", group));
        }
      }),
  };
}

/**
 * moto does not filter subnets by the association of their IPv6 block, and writes the state of the block as a Python
 * dictionary; affects `ipv6_cidr_block` of `aws_subnet`.
 */
function subnets(): Handlers {
  return {
    DescribeSubnets: async (request, forward) => {
      const filter = formObjects(request.form, "Filter").find((each) => each.get("Name") === ipv6AssociationFilter);
      const associations = filter && formList(filter, "Value");
      const body = associations && `Action=DescribeSubnets&Version=${request.form.get("Version") ?? ""}`;
      return editXml(await forward(body === undefined ? {} : { body }), (root) => {
        for (const subnet of findAll(root, "subnetSet", "item")) {
          for (const block of findAll(subnet, "ipv6CidrBlockAssociationSet", "item", "ipv6CidrBlockState")) {
            const state = /\w+(?='\})/.exec(textOf(block, "state"))?.[0];
            if (state !== undefined) setChild(block, element("state", state));
          }
        }
        const set = find(root, "subnetSet");
        if (!set || !associations) return;
        set.children = set.children.filter((subnet) =>
          findAll(subnet, "ipv6CidrBlockAssociationSet", "item").some((block) =>
            associations.includes(textOf(block, "associationId")),
          ),
        );
      });
    },
  };
}

/**
 * moto requires the size of a root volume instead of taking it from the image, and does not switch detailed monitoring;
 * affects `root_block_device` and `monitoring` of `aws_instance`.
 */
function instances(): Handlers {
  const monitoring = new Store<string>();
  const setMonitoring =
    (state: string) =>
    (request: AwsRequest): Reply => {
      const ids = formList(request.form, "InstanceId");
      for (const id of ids) monitoring.of(request).set(id, state);
      const items = ids.map((id) =>
        element("item", [element("instanceId", id), element("monitoring", [element("state", state)])]),
      );
      return xmlReply(element(`${request.operation}Response`, [element("instancesSet", items)]));
    };
  return {
    MonitorInstances: setMonitoring("enabled"),
    UnmonitorInstances: setMonitoring("disabled"),
    RunInstances: (request, forward) => {
      const form = new URLSearchParams(request.form);
      for (const key of request.form.keys()) {
        const device = /^BlockDeviceMapping\.\d+\.Ebs\./.exec(key)?.[0];
        if (device === undefined || form.has(`${device}SnapshotId`) || form.has(`${device}VolumeSize`)) continue;
        form.set(`${device}VolumeSize`, defaultVolumeSizeGiB);
      }
      return forward({ body: form.toString() });
    },
    DescribeInstances: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const instance of findAll(root, "reservationSet", "item", "instancesSet", "item")) {
          const state = monitoring.of(request).get(textOf(instance, "instanceId"));
          if (state !== undefined) setChild(instance, element("monitoring", [element("state", state)]));
        }
      }),
  };
}

/**
 * moto keeps the network interfaces of deleted NAT gateways and terminated instances, and the default network ACL of a
 * deleted VPC; affects the inventory after a destroy.
 */
function cascadingDeletion(): Handlers {
  const deletedVpcs = new Store<true>();
  return {
    DeleteNatGateway: async (request, forward) => {
      const gateways = await describe(forward, "DescribeNatGateways", {
        "NatGatewayId.1": request.form.get("NatGatewayId") ?? "",
      });
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      for (const address of findAll(gateways, "natGatewaySet", "item", "natGatewayAddressSet", "item")) {
        await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId: textOf(address, "networkInterfaceId") });
      }
      return reply;
    },
    TerminateInstances: async (request, forward) => {
      const ids = new Map(formList(request.form, "InstanceId").map((id, index) => [`InstanceId.${index + 1}`, id]));
      const terminated = await describe(forward, "DescribeInstances", Object.fromEntries(ids));
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const path = ["reservationSet", "item", "instancesSet", "item", "networkInterfaceSet", "item"];
      for (const networkInterface of findAll(terminated, ...path)) {
        const NetworkInterfaceId = textOf(networkInterface, "networkInterfaceId");
        await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId });
      }
      return reply;
    },
    DeleteVpc: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) deletedVpcs.of(request).set(request.form.get("VpcId") ?? "", true);
      return reply;
    },
    // moto refuses to delete the ACLs, because they are still associated with the deleted subnets.
    DescribeNetworkAcls: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const acls of findAll(root, "networkAclSet")) {
          acls.children = acls.children.filter((acl) => !deletedVpcs.of(request).has(textOf(acl, "vpcId")));
        }
      }),
  };
}

async function describe(forward: Forward, action: string, parameters: Record<string, string>): Promise<Element> {
  return parseXml((await call(forward, action, parameters)).body);
}

function call(forward: Forward, action: string, parameters: Record<string, string>): ReturnType<Forward> {
  return forward({ body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString() });
}
