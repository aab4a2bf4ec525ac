import { object, text } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { databaseOf, reference, service } from "./databases";

/** The KMS keys and the managed passwords of databases. */
export const encryption: readonly Rule[] = [
  {
    name: "db-key-not-accessible",
    service,
    operations: ["CreateDBInstance", "CreateDBCluster", "ModifyDBInstance", "ModifyDBCluster"],
    code: "KMSKeyNotAccessibleFault",
    rule: "The KMS keys of a database and of its managed password exist and are enabled.",
    source: `${reference}/API_CreateDBInstance.html`,
    refuse: async (call) => {
      const { KmsKeyId, MasterUserSecretKmsKeyId } = call.input;
      for (const key of [KmsKeyId, MasterUserSecretKmsKeyId].map(text)) {
        if (await isLost(call, key)) {
          return `The specified KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`;
        }
      }
      return undefined;
    },
  },
  {
    name: "db-password-not-managed",
    service,
    operations: ["ModifyDBInstance", "ModifyDBCluster"],
    code: "InvalidParameterCombination",
    rule: "Only a password that RDS manages is rotated.",
    source: `${reference}/API_ModifyDBCluster.html`,
    refuse: async (call) => {
      const { RotateMasterUserPassword, ManageMasterUserPassword } = call.input;
      if (RotateMasterUserPassword !== true || ManageMasterUserPassword === true) return undefined;
      const database = await databaseOf(call);
      return database && text(object(database.MasterUserSecret).SecretArn) === ""
        ? "You can't rotate the master user password because RDS doesn't manage it in Secrets Manager."
        : undefined;
    },
  },
];

async function isLost({ ask, account, region }: RuleCall, KeyId: string): Promise<boolean> {
  const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${region}:${account}:`);
  // The keys of other accounts cannot be read, and those of services themselves are made at their first use.
  if (KeyId === "" || isOther || KeyId.includes("alias/aws/")) return false;
  const { KeyState } = object((await ask("DescribeKey", { KeyId }, "kms")).KeyMetadata);
  return KeyState !== "Enabled";
}
