import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Table as TableConfig } from "../../schema/data/table";
import { tableName, type Named } from "../naming";
import type { BackupResource } from "./backups";

export interface TableProps {
  readonly stage: Named;
  readonly name: string;
  readonly table: TableConfig;
}

const streamViews = {
  "keys-only": "KEYS_ONLY",
  "new-image": "NEW_IMAGE",
  "old-image": "OLD_IMAGE",
  "new-and-old-images": "NEW_AND_OLD_IMAGES",
};
const keyTypes = { string: "S", number: "N", binary: "B" };

/** A DynamoDB table, encrypted, with point-in-time recovery. */
export class Table extends Construct {
  public readonly arn: string;
  public readonly name: string;
  public readonly backupResource: BackupResource;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { stage, name, table } = props;
    const { partitionKey, sortKey, timeToLiveAttribute, timeToLiveEnabled, capacity, stream } = table;
    const keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    const resource = new DynamodbTable(this, "table", {
      name: tableName(stage, name),
      ...(capacity.mode === "on-demand"
        ? { billingMode: "PAY_PER_REQUEST" }
        : { billingMode: "PROVISIONED", readCapacity: capacity.readUnits, writeCapacity: capacity.writeUnits }),
      ...(stream !== undefined && { streamEnabled: true, streamViewType: streamViews[stream] }),
      hashKey: partitionKey.name,
      ...(sortKey !== undefined && { rangeKey: sortKey.name }),
      attribute: keys.map((key) => ({ name: key.name, type: keyTypes[key.type] })),
      pointInTimeRecovery: { enabled: table.pointInTimeRecovery },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: table.deletionProtection,
      // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html
      ...(timeToLiveAttribute !== undefined && {
        ttl: { attributeName: timeToLiveAttribute, enabled: timeToLiveEnabled },
      }),
    });
    this.arn = resource.arn;
    this.name = resource.name;
    this.backupResource = { kind: "table", arn: resource.arn };
  }
}
