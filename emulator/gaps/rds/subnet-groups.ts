import type { AwsRequest, Forward, Handlers } from "../../proxy/gap";
import { isSuccess, queryReply } from "../../wire/reply";
import { find, findAll, parseXml, textOf } from "../../wire/xml";
import { operationOf, tagParameters } from "./moto-calls";

/**
 * moto deletes a subnet group that is modified; affects `aws_db_subnet_group`. It replaces one that is created again,
 * which has no tags of the one before.
 */
export const subnetGroupHandlers: Handlers = {
  ModifyDBSubnetGroup: async (request, forward) => {
    const { form, operation } = request;
    const DBSubnetGroupName = form.get("DBSubnetGroupName") ?? "";
    const described = await forward(operationOf(request, "DescribeDBSubnetGroups", { DBSubnetGroupName }));
    if (!isSuccess(described)) return described;
    const root = parseXml(described.body);
    const before = find(root, "DescribeDBSubnetGroupsResult", "DBSubnetGroups", "DBSubnetGroup");
    if (!before) return described;

    const created = await forward(
      operationOf(request, "CreateDBSubnetGroup", {
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

/** moto looks up the group of an instance when the instance changes. */
async function refreshInstances(request: AwsRequest, forward: Forward, DBSubnetGroupName: string): Promise<void> {
  const { body } = await forward(operationOf(request, "DescribeDBInstances"));
  for (const instance of findAll(parseXml(body), "DescribeDBInstancesResult", "DBInstances", "DBInstance")) {
    const group = textOf(instance, "DBSubnetGroup", "DBSubnetGroupName");
    if (group.toLowerCase() !== DBSubnetGroupName.toLowerCase()) continue;
    const DBInstanceIdentifier = textOf(instance, "DBInstanceIdentifier");
    await forward(operationOf(request, "ModifyDBInstance", { DBInstanceIdentifier, DBSubnetGroupName }));
  }
}
