import { randomBytes } from "node:crypto";
import type { AwsRequest, Forward, Handler, Handlers, Reply } from "../../proxy/gap";
import { Store, Tags } from "../../store";
import { formList, formObjects } from "../../wire/form";
import { isSuccess, xmlReply } from "../../wire/reply";
import { element, find, findAll, parseXml, textOf, type Element } from "../../wire/xml";
import { call, describe } from "./call";

interface Endpoint {
  readonly id: string;
  readonly form: URLSearchParams;
  readonly vpcId: string;
  readonly zone: string;
  readonly networkInterfaceId: string;
  readonly createdAt: string;
}

/**
 * moto lacks endpoints of EC2 Instance Connect; affects `aws_ec2_instance_connect_endpoint`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Ec2InstanceConnectEndpoint.html
 */
export function instanceConnectEndpoints(): Handlers {
  const endpoints = new Store<Endpoint>();
  const tags = new Tags();

  const describeEndpoint = async (
    request: AwsRequest,
    forward: Forward,
    endpoint: Endpoint,
    state = "create-complete",
  ): Promise<Element[]> => {
    const set = tags
      .listOf(request, endpoint.id)
      .map(({ Key, Value }) => element("item", [element("key", Key), element("value", Value)]));
    return [...(await fields(request, forward, endpoint, state)), element("tagSet", set)];
  };

  const create: Handler = async (request, forward) => {
    const subnetId = request.form.get("SubnetId") ?? "";
    const described = await call(forward, "DescribeSubnets", { "SubnetId.1": subnetId });
    if (!isSuccess(described)) return described;
    const subnet = find(parseXml(described.body), "subnetSet", "item");
    const groups = formList(request.form, "SecurityGroupId").map((id, index) => [`SecurityGroupId.${index + 1}`, id]);
    const input = { SubnetId: subnetId, ...(Object.fromEntries(groups) as Record<string, string>) }; // pairs of strings
    const network = await describe(forward, "CreateNetworkInterface", input);
    const id = `eice-${randomBytes(9).toString("hex").slice(1)}`;
    const endpoint: Endpoint = {
      id,
      form: request.form,
      vpcId: subnet ? textOf(subnet, "vpcId") : "",
      zone: subnet ? textOf(subnet, "availabilityZone") : "",
      networkInterfaceId: textOf(network, "networkInterface", "networkInterfaceId"),
      createdAt: new Date().toISOString(),
    };
    endpoints.of(request).set(id, endpoint);
    const [specification = new URLSearchParams()] = formObjects(request.form, "TagSpecification");
    tags.add(request, id, sentTags(specification));
    return reply(request, [element("instanceConnectEndpoint", await describeEndpoint(request, forward, endpoint))]);
  };

  return {
    CreateInstanceConnectEndpoint: create,
    DescribeInstanceConnectEndpoints: async (request, forward) => {
      const ids = formList(request.form, "InstanceConnectEndpointId");
      const unknown = ids.find((id) => !endpoints.of(request).has(id));
      if (unknown !== undefined) return notFound(unknown);
      const found = [...endpoints.of(request).values()].filter(({ id }) => ids.length === 0 || ids.includes(id));
      const items = await Promise.all(
        found.map(async (endpoint) => element("item", await describeEndpoint(request, forward, endpoint))),
      );
      return reply(request, [element("instanceConnectEndpointSet", items)]);
    },
    // moto takes the ids only of its own resources.
    CreateTags: (request, forward) => {
      const ids = ownIds(request);
      if (ids.length === 0) return forward();
      for (const id of ids) tags.add(request, id, sentTags(request.form));
      return reply(request, [element("return", "true")]);
    },
    DeleteTags: (request, forward) => {
      const ids = ownIds(request);
      if (ids.length === 0) return forward();
      const keys = sentTags(request.form).map(({ Key }) => Key);
      for (const id of ids) tags.remove(request, id, keys);
      return reply(request, [element("return", "true")]);
    },
    DeleteInstanceConnectEndpoint: async (request, forward) => {
      const id = request.form.get("InstanceConnectEndpointId") ?? "";
      const endpoint = endpoints.of(request).get(id);
      if (!endpoint) return notFound(id);
      const deleted = await describeEndpoint(request, forward, endpoint, "delete-in-progress");
      await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId: endpoint.networkInterfaceId });
      endpoints.of(request).delete(id);
      return reply(request, [element("instanceConnectEndpoint", deleted)]);
    },
  };
}

async function fields(
  { region, account }: AwsRequest,
  forward: Forward,
  { id, form, vpcId, zone, networkInterfaceId, createdAt }: Endpoint,
  state: string,
): Promise<Element[]> {
  const interfaces = await describe(forward, "DescribeNetworkInterfaces", {
    "NetworkInterfaceId.1": networkInterfaceId,
  });
  const groups = findAll(interfaces, "networkInterfaceSet", "item", "groupSet", "item");
  return [
    element("ownerId", account),
    element("instanceConnectEndpointId", id),
    element("instanceConnectEndpointArn", `arn:aws:ec2:${region}:${account}:instance-connect-endpoint/${id}`),
    element("state", state),
    element("dnsName", `${id}.ec2-instance-connect-endpoint.${region}.amazonaws.com`),
    element("fipsDnsName", `${id}.fips.ec2-instance-connect-endpoint.${region}.amazonaws.com`),
    element("networkInterfaceIdSet", [element("item", networkInterfaceId)]),
    element("vpcId", vpcId),
    element("availabilityZone", zone),
    element("createdAt", createdAt),
    element("subnetId", form.get("SubnetId") ?? ""),
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceConnectEndpoint.html
    element("preserveClientIp", form.get("PreserveClientIp") ?? "false"),
    element(
      "securityGroupIdSet",
      groups.map((group) => element("item", textOf(group, "groupId"))),
    ),
  ];
}

function ownIds({ form }: AwsRequest): readonly string[] {
  return formList(form, "ResourceId").filter((id) => id.startsWith("eice-"));
}

function sentTags(form: URLSearchParams): { readonly Key: string | null; readonly Value: string | null }[] {
  return formObjects(form, "Tag").map((tag) => ({ Key: tag.get("Key"), Value: tag.get("Value") ?? "" }));
}

function reply({ operation }: AwsRequest, children: Element[]): Reply {
  return xmlReply(element(`${operation}Response`, children));
}

function notFound(id: string): Reply {
  const error = element("Error", [
    element("Code", "InvalidInstanceConnectEndpointId.NotFound"),
    element("Message", `The instance connect endpoint ID '${id}' does not exist`),
  ]);
  return xmlReply(element("Response", [element("Errors", [error]), element("RequestID", "emulator")]), 400);
}
