import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Reply } from "../../proxy/gap";
import { list, text, type JsonObject } from "../../wire/json";
import { isSuccess } from "../../wire/reply";
import { find, parseXml, textOf } from "../../wire/xml";

/** The network interface of a task. */
export interface TaskInterface {
  readonly id: string;
  /** Id of its attachment to the task. */
  readonly attachmentId: string;
  readonly subnetId: string;
  readonly privateIp: string;
  readonly isPublic: boolean;
}

/**
 * Creates the network interface of a task; undefined when EC2 refuses it.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
export async function createInterface(
  request: AwsRequest,
  forward: Forward,
  subnetId: string,
  { securityGroups, assignPublicIp }: JsonObject,
): Promise<TaskInterface | undefined> {
  const { account, region } = request;
  const attachmentId = randomUUID();
  const groups = list(securityGroups).map((id, index) => [`SecurityGroupId.${index + 1}`, text(id)]);
  const reply = await callEc2(request, forward, {
    Action: "CreateNetworkInterface",
    SubnetId: subnetId,
    Description: `arn:aws:ecs:${region}:${account}:attachment/${attachmentId}`,
    ...(Object.fromEntries(groups) as Record<string, string>), // pairs of strings
  });
  const created = isSuccess(reply) ? find(parseXml(reply.body), "networkInterface") : undefined;
  return (
    created && {
      id: textOf(created, "networkInterfaceId"),
      attachmentId,
      subnetId,
      privateIp: textOf(created, "privateIpAddress"),
      isPublic: assignPublicIp === "ENABLED",
    }
  );
}

/** Deletes the network interface of a task that has ended. */
export async function deleteInterface(request: AwsRequest, forward: Forward, { id }: TaskInterface): Promise<void> {
  await callEc2(request, forward, { Action: "DeleteNetworkInterface", NetworkInterfaceId: id });
}

/** Calls EC2 from the request of any service. */
function callEc2(request: AwsRequest, forward: Forward, form: Record<string, string>): Promise<Reply> {
  return forward({
    method: "POST",
    url: "/",
    headers: {
      authorization: request.headers.authorization?.replace(`/${request.service}/`, "/ec2/"),
      "x-amz-target": undefined,
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    body: new URLSearchParams({ Version: "2016-11-15", ...form }).toString(),
  });
}
