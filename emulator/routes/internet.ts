import { object, objects, list, text, type JsonObject } from "../wire/json";
import type { Place } from "./route";

/**
 * Why a load balancer is not reached from the internet; undefined when at least one address that its security groups allow
 * reaches it.
 */
export async function internetBlockedReason(
  { context, scope }: Place,
  balancer: JsonObject,
  port: number,
  sourceIp: string,
): Promise<string | undefined> {
  const to = { kind: "load-balancer", arn: text(balancer.LoadBalancerArn) } as const;
  const blockedFrom = (address: string): Promise<string | undefined> =>
    context.hopAllowed({ scope, from: { kind: "internet", sourceIp: address }, to, port });
  const reason = await blockedFrom(sourceIp);
  if (reason === undefined) return undefined;
  for (const address of await allowedAddresses({ context, scope }, balancer, port)) {
    if ((await blockedFrom(address)) === undefined) return undefined;
  }
  return reason;
}

/** The first address of each block that a security group of the load balancer names. */
async function allowedAddresses(
  { context, scope }: Place,
  { SecurityGroups }: JsonObject,
  port: number,
): Promise<readonly string[]> {
  const GroupIds = list(SecurityGroups);
  if (GroupIds.length === 0) return [];
  const found = await context.reader.ask(scope, "ec2", "DescribeSecurityGroups", { GroupIds });
  const permissions = objects(found.SecurityGroups).flatMap(({ IpPermissions }) => objects(IpPermissions));
  const allowing = permissions.filter(
    ({ IpProtocol, FromPort, ToPort }) =>
      text(IpProtocol) === "-1" || (Number(FromPort) <= port && port <= Number(ToPort)),
  );
  return allowing
    .flatMap(({ IpRanges }) => objects(IpRanges))
    .map((range) => text(object(range).CidrIp).split("/")[0] ?? "");
}
