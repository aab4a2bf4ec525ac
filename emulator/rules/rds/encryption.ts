import { object, text } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./databases";

/** The KMS keys of databases. */
export const encryption: readonly Rule[] = [
  {
    name: "db-key-not-accessible",
    service,
    operations: ["CreateDBInstance", "CreateDBCluster"],
    code: "KMSKeyNotAccessibleFault",
    rule: "The KMS key of a database exists and is enabled.",
    source: `${reference}/API_CreateDBInstance.html`,
    refuse: async ({ input, ask, account, region }) => {
      const KeyId = text(input.KmsKeyId);
      const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${region}:${account}:`);
      // The keys of other accounts cannot be read, and that of RDS itself is made at its first use.
      if (KeyId === "" || isOther || KeyId.endsWith("alias/aws/rds")) return undefined;
      const { KeyState } = object((await ask("DescribeKey", { KeyId }, "kms")).KeyMetadata);
      return KeyState === "Enabled"
        ? undefined
        : `The specified KMS key [${KeyId}] does not exist, is not enabled or you do not have permissions to access it.`;
    },
  },
];
