import { arnOf, type ArnScope } from "../../arn";
import { secretName } from "../../naming";
import type { ActionTable } from "./table";

// Secrets Manager appends a random suffix to the ARNs of secrets.
const on = (scope: ArnScope) => [arnOf(scope, "secretsmanager", `secret:${secretName(scope, "*")}`)];
const tags = ["secretsmanager:TagResource", "secretsmanager:UntagResource"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secrets: ActionTable = {
  aws_secretsmanager_secret: {
    create: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
    read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
    update: [...tags, "secretsmanager:UpdateSecret"],
    delete: ["secretsmanager:DeleteSecret"],
    on,
  },
  aws_secretsmanager_secret_version: {
    create: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
    // No GetSecretValue: jobs on any branch run plans. Older releases of the provider read the value, and their plans
    // fail: https://github.com/hashicorp/terraform-provider-aws/pull/44876
    read: ["secretsmanager:GetRandomPassword", "secretsmanager:ListSecretVersionIds"],
    update: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
    delete: ["secretsmanager:UpdateSecretVersionStage"],
    on,
  },
  aws_secretsmanager_secret_rotation: {
    create: ["secretsmanager:RotateSecret"],
    read: ["secretsmanager:DescribeSecret"],
    update: ["secretsmanager:RotateSecret"],
    delete: ["secretsmanager:CancelRotateSecret"],
    on,
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const keys: ActionTable = {
  aws_kms_key: {
    create: ["kms:CreateKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource"],
    read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    update: [
      "kms:DisableKeyRotation",
      "kms:EnableKeyRotation",
      "kms:PutKeyPolicy",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
    ],
    delete: ["kms:ScheduleKeyDeletion"],
    // KMS generates the ids of keys.
    on: (scope) => [arnOf(scope, "kms", "key/*")],
  },
};
