import { object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import type { RecordedCall } from "./line";

/** A type of resource that keeps data, and the calls that create and delete one. */
export interface DataType {
  /** In AWS's words, such as "DB instance". */
  readonly type: string;
  /** Signing name of the service. */
  readonly service: string;
  readonly creates: readonly string[];
  readonly deletes: readonly string[];
  /** Calls that undo a deletion. @default - a deletion is final */
  readonly restores?: readonly string[];
  /** The resource that a call creates or deletes. */
  readonly id: (call: RecordedCall) => string;
  /** Names by id in the answer of any call, for resources whose replacement has another id. @default - the id is the name */
  readonly names?: (call: RecordedCall) => readonly (readonly [id: string, name: string])[];
}

const inInput =
  (...members: readonly string[]): DataType["id"] =>
  ({ input }) =>
    members.map((member) => text(input[member])).find((value) => value !== "") ?? "";
const lastPart = (value: string): string => value.split(/[:/]/).at(-1) ?? "";
const outputObject = ({ output = {} }: RecordedCall, member: string): JsonObject => object(output[member]);
const tagNamed = (tags: JsonValue): string => text(objects(tags).find(({ Key }) => Key === "Name")?.Value);

/** A type whose calls have the name of a resource in the same member. */
const named = (
  type: string,
  service: string,
  name: string,
  member: string,
  others: readonly string[] = [],
): DataType => ({
  type,
  service,
  creates: [`Create${name}`, ...others],
  deletes: [`Delete${name}`],
  id: inInput(member),
});

/** The types of resources that keep data. */
export const dataTypes: readonly DataType[] = [
  named("DB instance", "rds", "DBInstance", "DBInstanceIdentifier", [
    "CreateDBInstanceReadReplica",
    "RestoreDBInstanceFromDBSnapshot",
    "RestoreDBInstanceToPointInTime",
  ]),
  named("DB cluster", "rds", "DBCluster", "DBClusterIdentifier", [
    "RestoreDBClusterFromSnapshot",
    "RestoreDBClusterToPointInTime",
  ]),
  named("Cache cluster", "elasticache", "CacheCluster", "CacheClusterId"),
  named("Replication group", "elasticache", "ReplicationGroup", "ReplicationGroupId"),
  named("Serverless cache", "elasticache", "ServerlessCache", "ServerlessCacheName"),
  named("Bucket", "s3", "Bucket", "Bucket"),
  named("Log group", "logs", "LogGroup", "logGroupName"),
  {
    type: "Table",
    service: "dynamodb",
    creates: ["CreateTable", "RestoreTableFromBackup"],
    deletes: ["DeleteTable"],
    id: ({ input }) => lastPart(text(input.TableName) || text(input.TargetTableName)),
  },
  {
    type: "File system",
    service: "elasticfilesystem",
    creates: ["CreateFileSystem"],
    deletes: ["DeleteFileSystem"],
    id: ({ input, output = {} }) => text(input.FileSystemId) || text(output.FileSystemId),
    names: ({ output = {} }) =>
      [output, ...objects(output.FileSystems)].map((found) => [
        text(found.FileSystemId),
        text(found.Name) || tagNamed(found.Tags) || text(found.CreationToken),
      ]),
  },
  {
    type: "User pool",
    service: "cognito-idp",
    creates: ["CreateUserPool"],
    deletes: ["DeleteUserPool"],
    id: (call) => text(call.input.UserPoolId) || text(outputObject(call, "UserPool").Id),
    names: (call) => [[text(outputObject(call, "UserPool").Id), text(outputObject(call, "UserPool").Name)]],
  },
  {
    type: "Secret",
    service: "secretsmanager",
    creates: ["CreateSecret"],
    deletes: ["DeleteSecret"],
    restores: ["RestoreSecret"],
    // The ARN ends with the name and six random characters.
    id: ({ input }) => text(input.Name) || text(input.SecretId).replace(/^arn:.*:secret:(.*)-\w{6}$/, "$1"),
  },
  {
    type: "Queue",
    service: "sqs",
    creates: ["CreateQueue"],
    deletes: ["DeleteQueue"],
    id: ({ input }) => text(input.QueueName) || lastPart(text(input.QueueUrl)),
  },
  {
    type: "KMS key",
    service: "kms",
    creates: ["CreateKey"],
    deletes: ["ScheduleKeyDeletion"],
    restores: ["CancelKeyDeletion"],
    id: (call) => lastPart(text(call.input.KeyId)) || text(outputObject(call, "KeyMetadata").KeyId),
    names: (call) => [
      [text(outputObject(call, "KeyMetadata").KeyId), text(outputObject(call, "KeyMetadata").Description)],
    ],
  },
];

/** Names of resources by their ids, as far as calls have returned them. */
export function namesOf({ names }: DataType, calls: readonly RecordedCall[]): ReadonlyMap<string, string> {
  return new Map(calls.flatMap((call) => names?.(call) ?? []).filter(([id, name]) => id !== "" && name !== ""));
}
