import { arnOf, iamArn, type ArnScope } from "../../arn";
import { bastionKeyName, roleName, sessionDocumentName } from "../../naming";
import type { ActionTable } from "./table";

const tags = ["ec2:CreateTags", "ec2:DeleteTags"];
const profiles = (scope: ArnScope) => [iamArn(scope, `instance-profile/${roleName(scope, "*")}`)];
const documents = (scope: ArnScope) => [arnOf(scope, "ssm", `document/${sessionDocumentName(scope)}`)];
const endpoints = (scope: ArnScope) => [arnOf(scope, "ec2", "*")];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html, also for IAM and Systems Manager. */
export const bastion: ActionTable = {
  aws_instance: {
    create: ["ec2:CreateTags", "ec2:RunInstances"],
    read: [
      "ec2:DescribeInstanceAttribute",
      "ec2:DescribeInstanceCreditSpecifications",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeTags",
      "ec2:DescribeVolumes",
    ],
    update: [
      ...tags,
      "ec2:AssociateIamInstanceProfile",
      "ec2:DescribeIamInstanceProfileAssociations",
      "ec2:DisassociateIamInstanceProfile",
      "ec2:ModifyInstanceAttribute",
      "ec2:ModifyInstanceMetadataOptions",
      "ec2:ReplaceIamInstanceProfileAssociation",
      "ec2:StartInstances",
      "ec2:StopInstances",
    ],
    delete: ["ec2:TerminateInstances"],
    // ARNs of images contain no account id.
    on: (scope) => [arnOf(scope, "ec2", "*"), arnOf({ ...scope, accountId: "" }, "ec2", "image/*")],
    passesRolesTo: ["ec2.amazonaws.com"],
  },
  aws_iam_instance_profile: {
    create: ["iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile", "iam:TagInstanceProfile"],
    read: ["iam:GetInstanceProfile"],
    update: [
      "iam:AddRoleToInstanceProfile",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:UntagInstanceProfile",
    ],
    delete: ["iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
    on: profiles,
    passesRolesTo: ["ec2.amazonaws.com"],
  },
  aws_key_pair: {
    create: ["ec2:CreateTags", "ec2:ImportKeyPair"],
    read: ["ec2:DescribeKeyPairs"],
    update: tags,
    delete: ["ec2:DeleteKeyPair"],
    on: (scope) => [arnOf(scope, "ec2", `key-pair/${bastionKeyName(scope)}`)],
  },
  aws_ec2_instance_connect_endpoint: {
    create: ["ec2:CreateInstanceConnectEndpoint", "ec2:CreateTags"],
    read: ["ec2:DescribeInstanceConnectEndpoints"],
    update: tags,
    delete: ["ec2:DeleteInstanceConnectEndpoint"],
    on: endpoints,
    serviceLinkedRole: "ec2-instance-connect.amazonaws.com",
  },
  aws_ssm_document: {
    create: ["ssm:AddTagsToResource", "ssm:CreateDocument"],
    read: ["ssm:DescribeDocument", "ssm:DescribeDocumentPermission", "ssm:GetDocument", "ssm:ListTagsForResource"],
    update: [
      "ssm:AddTagsToResource",
      "ssm:RemoveTagsFromResource",
      "ssm:UpdateDocument",
      "ssm:UpdateDocumentDefaultVersion",
    ],
    delete: ["ssm:DeleteDocument"],
    on: documents,
  },
  "data.aws_ssm_parameter": {
    read: ["ssm:GetParameter"],
    // ARNs of AWS's public parameters contain no account id.
    on: (scope) => [arnOf({ ...scope, accountId: "*" }, "ssm", "parameter/aws/service/ami-amazon-linux-latest/*")],
  },
};
