import { text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import { ec2Arn } from "./ec2-ids";
import { allStrings, stringsAt } from "./input";
import { keyOfAlias } from "./kms-keys";

type LookUp = (call: ModelledCall, ask: Ask) => Promise<readonly string[]>;

/** Look-ups of ARNs that contain more than the name in the input: a path, a random suffix, or an id. By model. */
const lookUps: Readonly<Record<string, LookUp>> = {
  ec2: async (call, ask) => {
    const ids = allStrings(call.input).filter((id) => /^(key|rtbassoc|eipassoc)-/.test(id));
    const arns = ids.map(async (id) => {
      if (id.startsWith("key-"))
        return named(await lookUp(ask("ec2", "DescribeKeyPairs", { KeyPairIds: [id] })), "KeyPairs.KeyName").map(
          (name) => ec2Arn(call, "key-pair", name),
        );
      const [operation, filter, member, type] = id.startsWith("rtb")
        ? ["DescribeRouteTables", "association.route-table-association-id", "RouteTables.RouteTableId", "route-table"]
        : ["DescribeAddresses", "association-id", "Addresses.AllocationId", "elastic-ip"];
      const found = await lookUp(ask("ec2", operation, { Filters: [{ Name: filter, Values: [id] }] }));
      return named(found, member).map((each) => ec2Arn(call, type, each));
    });
    return (await Promise.all(arns)).flat();
  },
  efs: async ({ input }, ask) => {
    const id = text(input.MountTargetId);
    if (id === "") return [];
    const [system] = named(
      await lookUp(ask("efs", "DescribeMountTargets", { MountTargetId: id })),
      "MountTargets.FileSystemId",
    );
    if (system === undefined) return [];
    return named(
      await lookUp(ask("efs", "DescribeFileSystems", { FileSystemId: system })),
      "FileSystems.FileSystemArn",
    );
  },
  iam: async ({ operation, input }, ask) => {
    if (/^Create(Role|InstanceProfile|User)$/.test(operation)) return [];
    const { RoleName: role, InstanceProfileName: profile, UserName: user } = input;
    return [
      ...(user === undefined ? [] : named(await lookUp(ask("iam", "GetUser", { UserName: user })), "User.Arn")),
      ...(role === undefined ? [] : named(await lookUp(ask("iam", "GetRole", { RoleName: role })), "Role.Arn")),
      ...(profile === undefined
        ? []
        : named(
            await lookUp(ask("iam", "GetInstanceProfile", { InstanceProfileName: profile })),
            "InstanceProfile.Arn",
          )),
    ];
  },
  kms: async (call, ask) => {
    const id = text(call.input.KeyId);
    return id.includes("alias/") ? [(await keyOfAlias(call, id, ask)) ?? []].flat() : [];
  },
  rds: async ({ operation, input }, ask) => {
    const { DBProxyName: name } = input;
    if (name === undefined || operation === "CreateDBProxy") return [];
    return [
      ...named(await lookUp(ask("rds", "DescribeDBProxies", { DBProxyName: name })), "DBProxies.DBProxyArn"),
      ...named(
        await lookUp(ask("rds", "DescribeDBProxyTargetGroups", { DBProxyName: name })),
        "TargetGroups.TargetGroupArn",
      ),
    ];
  },
  secretsmanager: async ({ input }, ask) => {
    const id = text(input.SecretId);
    if (id === "" || id.startsWith("arn:")) return [];
    return named(await lookUp(ask("secretsmanager", "DescribeSecret", { SecretId: id })), "ARN");
  },
};

/** ARNs of resources that the input of a call names otherwise. */
export async function knownArns(call: ModelledCall, ask: Ask): Promise<readonly string[]> {
  return (await lookUps[call.model]?.(call, ask)) ?? [];
}

function named(output: Awaited<ReturnType<typeof lookUp>>, path: string): string[] {
  return stringsAt(output, path);
}
