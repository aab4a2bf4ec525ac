import { requirementsOf } from "../../iam/actions";
import { authorize, type Principal } from "../../iam/authorize";
import type { JsonObject } from "../../wire/json";
import { account, answers, call, region } from "./modelled-call";

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const boundary = `arn:aws:iam::${account}:policy/limits`;
const limited = { PermissionsBoundary: { PermissionsBoundaryArn: boundary } };
const ask = answers({
  "iam:GetRole": { Role: { Arn: `arn:aws:iam::${account}:role/app`, ...limited } },
  "iam:GetUser": { User: { Arn: `arn:aws:iam::${account}:user/app`, ...limited } },
  "ecs:DescribeTaskDefinition": { taskDefinition: { taskDefinitionArn: arn("ecs", "task-definition/web:7") } },
});
const contextOf = async (name: string, input: JsonObject) =>
  (await requirementsOf(call(name, input), ask))[0]?.context ?? {};

describe("the condition keys of a service", () => {
  const record = (Action: string, Name: string, Type: string) => ({ Action, ResourceRecordSet: { Name, Type } });

  it.each<[string, JsonObject, JsonObject]>([
    ["cloudwatch:PutMetricData", { Namespace: "Shop" }, { "cloudwatch:namespace": ["Shop"] }],
    ["cloudwatch:PutMetricAlarm", { AlarmName: "a", AlarmActions: ["b"] }, { "cloudwatch:AlarmActions": ["b"] }],
    [
      "route53:ChangeResourceRecordSets",
      {
        HostedZoneId: "Z1",
        ChangeBatch: { Changes: [record("CREATE", "*.Shop.example.com.", "A"), record("UPSERT", "b\\052.com", "TXT")] },
      },
      {
        "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["\\052.shop.example.com", "b\\052.com"],
        "route53:ChangeResourceRecordSetsRecordTypes": ["A", "TXT"],
      },
    ],
    [
      "route53:AssociateVPCWithHostedZone",
      { HostedZoneId: "Z1", VPC: { VPCId: "vpc-1", VPCRegion: region } },
      { "route53:VPCs": [`VPCId=vpc-1,VPCRegion=${region}`] },
    ],
    [
      "kms:Encrypt",
      { KeyId: "alias/shop", EncryptionContext: { app: "shop" } },
      {
        "kms:EncryptionContext:app": ["shop"],
        "kms:EncryptionContextKeys": ["app"],
        "kms:EncryptionAlgorithm": ["SYMMETRIC_DEFAULT"],
        "kms:RequestAlias": ["alias/shop"],
      },
    ],
    ["kms:CreateKey", { KeyUsage: "SIGN_VERIFY" }, { "kms:KeyUsage": ["SIGN_VERIFY"], "kms:MultiRegion": ["false"] }],
    [
      "kms:CreateGrant",
      { KeyId: "1", Operations: ["Decrypt"], Constraints: { EncryptionContextSubset: { a: "b" } } },
      { "kms:GrantOperations": ["Decrypt"], "kms:GrantConstraintType": ["EncryptionContextSubset"] },
    ],
    [
      "s3:ListObjectsV2",
      { Bucket: "b", Prefix: "shop/", MaxKeys: 5 },
      { "s3:prefix": ["shop/"], "s3:max-keys": ["5"] },
    ],
    [
      "s3:PutObject",
      { Bucket: "b", Key: "k", ServerSideEncryption: "aws:kms", SSEKMSKeyId: "1234", Tagging: "team=shop" },
      {
        "s3:x-amz-server-side-encryption": ["aws:kms"],
        "s3:x-amz-server-side-encryption-aws-kms-key-id": arn("kms", "key/1234"),
        "s3:RequestObjectTag/team": "shop",
        "s3:RequestObjectTagKeys": ["team"],
      },
    ],
    ["ecs:ListTasks", { cluster: "prod" }, { "ecs:cluster": [arn("ecs", "cluster/prod")] }],
    [
      "ecs:CreateService",
      { serviceName: "web", taskDefinition: "web", enableExecuteCommand: true },
      { "ecs:enable-execute-command": ["true"], "ecs:task-definition": arn("ecs", "task-definition/web:7") },
    ],
    ["ecs:ExecuteCommand", { cluster: "prod", task: "1", container: "web" }, { "ecs:container-name": ["web"] }],
    [
      "iam:AttachUserPolicy",
      { UserName: "a", PolicyArn: "p" },
      { "iam:PolicyARN": "p", "iam:PermissionsBoundary": boundary },
    ],
    ["iam:DetachGroupPolicy", { GroupName: "a", PolicyArn: "p" }, { "iam:PolicyARN": "p" }],
    ["iam:DeleteRolePermissionsBoundary", { RoleName: "a" }, { "iam:PermissionsBoundary": boundary }],
    [
      "logs:PutDeliverySource",
      { name: "waf", resourceArn: arn("wafv2", "regional/webacl/a/1") },
      { "logs:LogGeneratingResourceArns": [arn("wafv2", "regional/webacl/a/1")] },
    ],
    [
      "events:PutEvents",
      { Entries: [{ Source: "shop", DetailType: "paid" }] },
      { "events:source": ["shop"], "events:detail-type": ["paid"] },
    ],
    [
      "events:PutRule",
      { Name: "a", EventPattern: JSON.stringify({ source: ["shop"], "detail-type": [{ prefix: "a" }] }) },
      { "events:source": ["shop"], "events:creatorAccount": account },
    ],
    [
      "events:PutTargets",
      { Rule: "a", Targets: [{ Arn: arn("sqs", "a") }] },
      { "events:TargetArn": [arn("sqs", "a")] },
    ],
    ["secretsmanager:CreateSecret", { Name: "shop" }, { "secretsmanager:Name": ["shop"] }],
    ["secretsmanager:GetSecretValue", { SecretId: "shop" }, { "secretsmanager:VersionStage": ["AWSCURRENT"] }],
    [
      "sns:Subscribe",
      { TopicArn: arn("sns", "a"), Protocol: "email", Endpoint: "a@b.c" },
      { "sns:Protocol": ["email"] },
    ],
    ["ssm:PutParameter", { Name: "a", Overwrite: true }, { "ssm:Overwrite": ["true"] }],
    [
      "rds:CreateDBInstance",
      { DBInstanceIdentifier: "a", AllocatedStorage: 20 },
      { "rds:StorageSize": ["20"], "rds:StorageEncrypted": ["false"] },
    ],
    [
      "elasticache:CreateServerlessCache",
      { ServerlessCacheName: "a", Engine: "valkey" },
      { "elasticache:EngineType": ["valkey"] },
    ],
    ["elbv2:CreateLoadBalancer", { Name: "a" }, { "elasticloadbalancing:Scheme": ["internet-facing"] }],
    ["efs:CreateFileSystem", { CreationToken: "a" }, { "elasticfilesystem:Encrypted": ["false"] }],
    [
      "application-autoscaling:RegisterScalableTarget",
      { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount" },
      { "application-autoscaling:service-namespace": ["ecs"] },
    ],
    ["lambda:CreateFunction", { FunctionName: "a", Layers: ["l"] }, { "lambda:Layer": ["l"] }],
    [
      "acm:RequestCertificate",
      { DomainName: "a.com", SubjectAlternativeNames: ["b.com"] },
      { "acm:DomainNames": ["a.com", "b.com"] },
    ],
  ])("%s with %j", async (name, input, expected) => {
    expect(await contextOf(name, input)).toMatchObject(expected);
  });

  it("are absent when the request does not state them", async () => {
    expect(await contextOf("cloudwatch:ListMetrics", { Namespace: "Shop" })).toEqual({});
    expect(await contextOf("ecs:DescribeTasks", {})).toEqual({ "ecs:cluster": [arn("ecs", "cluster/default")] });
    expect((await contextOf("s3:ListObjectsV2", { Bucket: "b" }))["s3:prefix"]).toBeUndefined();
    expect((await contextOf("kms:DescribeKey", { KeyId: "1" }))["kms:RequestAlias"]).toBeUndefined();
  });
});

describe("the condition keys of AWS KMS for a call by a service", () => {
  const principal: Principal = { arn: `arn:aws:sts::${account}:assumed-role/app/job` };
  const decide = async (condition: JsonObject) => {
    const statements = [
      { Effect: "Allow", NotAction: "kms:*", Resource: "*" },
      { Effect: "Allow", Action: "kms:*", Resource: "*", Condition: condition },
    ];
    const document = encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
    const create = call("backup:CreateBackupVault", { BackupVaultName: "v", EncryptionKeyArn: arn("kms", "key/1") });
    const asking = answers({
      "iam:GetRole": { Role: { Arn: `arn:aws:iam::${account}:role/app` } },
      "iam:ListRolePolicies": { PolicyNames: ["own"] },
      "iam:GetRolePolicy": { PolicyDocument: document },
      "iam:ListAttachedRolePolicies": {},
    });
    return (await authorize(create, principal, asking)) === undefined;
  };

  it("have the service and the account of the caller", async () => {
    expect(await decide({ StringEquals: { "kms:ViaService": `backup.${region}.amazonaws.com` } })).toBe(true);
    expect(await decide({ StringEquals: { "kms:ViaService": `rds.${region}.amazonaws.com` } })).toBe(false);
    expect(await decide({ StringEquals: { "kms:CallerAccount": account } })).toBe(true);
    expect(await decide({ BoolIfExists: { "kms:GrantIsForAWSResource": "true" } })).toBe(true);
    expect(await decide({ BoolIfExists: { "kms:GrantIsForAWSResource": "false" } })).toBe(false);
  });
});
