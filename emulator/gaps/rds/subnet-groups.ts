import type { AwsRequest, Forward, Handlers } from "../../proxy/gap";
import { isSuccess, queryReply } from "../../wire/reply";
import { find, findAll, parseXml, textOf } from "../../wire/xml";

/**
 * moto deletes a subnet group that is modified; affects `aws_db_subnet_group`. It replaces one that is created again,
 * which has no tags of the one before.
 */
export const subnetGroupHandlers: Handlers = {
  ModifyDBSubnetGroup: async (request, forward) => {
    const { form, operation } = request;
    const DBSubnetGroupName = form.get("DBSubnetGroupName") ?? "";
    const described = await forward(call(request, "DescribeDBSubnetGroups", { DBSubnetGroupName }));
    if (!isSuccess(described)) return described;
    const root = parseXml(described.body);
    const before = find(root, "DescribeDBSubnetGroupsResult", "DBSubnetGroups", "DBSubnetGroup");
    if (!before) return described;

    const created = await forward(
      call(request, "CreateDBSubnetGroup", {
        DBSubnetGroupDescription: textOf(before, "DBSubnetGroupDescription"),
        ...Object.fromEntries([...form].filter(([key]) => /^(DBSubnetGroup|SubnetIds\.)/.test(key))),
        ...(await tagParameters(request, forward, textOf(before, "DBSubnetGroupArn"))),
      }),
    );
    if (!isSuccess(created)) return created;
    await refreshInstances(request, forward, DBSubnetGroupName);
    return queryReply(operation, find(parseXml(created.body), "CreateDBSubnetGroupResult")?.children ?? []);
  },
};

async function tagParameters(
  request: AwsRequest,
  forward: Forward,
  ResourceName: string,
): Promise<Readonly<Record<string, string>>> {
  const reply = await forward(call(request, "ListTagsForResource", { ResourceName }));
  const tags = findAll(parseXml(reply.body), "ListTagsForResourceResult", "TagList", "Tag");
  return Object.fromEntries(
    tags.flatMap((tag, index) =>
      ["Key", "Value"].map((name) => [`Tags.Tag.${index + 1}.${name}`, textOf(tag, name)] as const),
    ),
  );
}

/** moto looks up the group of an instance when the instance changes. */
async function refreshInstances(request: AwsRequest, forward: Forward, DBSubnetGroupName: string): Promise<void> {
  const { body } = await forward(call(request, "DescribeDBInstances"));
  for (const instance of findAll(parseXml(body), "DescribeDBInstancesResult", "DBInstances", "DBInstance")) {
    const group = textOf(instance, "DBSubnetGroup", "DBSubnetGroupName");
    if (group.toLowerCase() !== DBSubnetGroupName.toLowerCase()) continue;
    const DBInstanceIdentifier = textOf(instance, "DBInstanceIdentifier");
    await forward(call(request, "ModifyDBInstance", { DBInstanceIdentifier, DBSubnetGroupName }));
  }
}

function call(
  { form }: AwsRequest,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
): { readonly body: string } {
  const Version = form.get("Version") ?? "";
  return { body: new URLSearchParams({ ...parameters, Action, Version }).toString() };
}
