import { requirementsOf } from "../../iam/actions";
import type { ModelledCall, Requirement } from "../../iam/call";
import type { JsonObject } from "../../wire/json";
import { account, answers, call, region } from "./modelled-call";

const linkedRoles = { "iam:GetRole": { Role: { Arn: `arn:aws:iam::${account}:role/path/app` } } };
const ask = answers(linkedRoles);
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const listOf = (requirements: readonly Requirement[]) =>
  requirements.flatMap(({ action, resources }) => resources.map((resource) => `${action} ${resource}`));
const needed = async (asked: ModelledCall, asking = ask) => listOf(await requirementsOf(asked, asking));
const tags = [{ Key: "env", Value: "dev" }];

describe("the action of a call", () => {
  it.each<[string, JsonObject, string]>([
    ["ecs:UpdateService", { cluster: "prod", service: "web" }, arn("ecs", "service/prod/web")],
    ["ecs:UpdateService", { cluster: arn("ecs", "cluster/prod"), service: "web" }, arn("ecs", "service/prod/web")],
    ["ecs:DescribeClusters", {}, arn("ecs", "cluster/default")],
    ["ecs:StopTask", { cluster: "prod", task: "0123" }, arn("ecs", "task/prod/0123")],
    ["ecs:ListTasks", { cluster: "prod", serviceName: "web" }, arn("ecs", "container-instance/prod/*")],
    ["ecs:DescribeTaskDefinition", { taskDefinition: "web:1" }, "*"],
    ["ecr:DescribeRepositories", { repositoryNames: ["shop/web"] }, arn("ecr", "repository/shop/web")],
    ["ecr:DescribeRepositories", {}, arn("ecr", "repository/*")],
    ["ec2:DeleteVpc", { VpcId: "vpc-0123456789abcdef0" }, arn("ec2", "vpc/vpc-0123456789abcdef0")],
    ["ec2:DescribeVpcs", { VpcIds: ["vpc-0123456789abcdef0"] }, "*"],
    ["ec2:ImportKeyPair", { KeyName: "bastion" }, arn("ec2", "key-pair/bastion")],
    [
      "ec2:CreateTags",
      { Resources: ["igw-0123456789abcdef0"], Tags: tags },
      arn("ec2", "internet-gateway/igw-0123456789abcdef0"),
    ],
    ["rds:ModifyDBInstance", { DBInstanceIdentifier: "shop" }, arn("rds", "db:shop")],
    ["rds:DescribeDBInstances", {}, arn("rds", "db:*")],
    ["elasticache:ModifyUser", { UserId: "app" }, arn("elasticache", "user:app")],
    [
      "elbv2:DeleteRule",
      { RuleArn: arn("elasticloadbalancing", "listener-rule/app/a/1/2/3") },
      arn("elasticloadbalancing", "listener-rule/app/a/1/2/3"),
    ],
    ["elbv2:CreateTargetGroup", { Name: "web" }, arn("elasticloadbalancing", "targetgroup/web/*")],
    [
      "elbv2:AddTags",
      { ResourceArns: [arn("elasticloadbalancing", "listener/net/a/1/2")], Tags: tags },
      arn("elasticloadbalancing", "listener/net/a/1/2"),
    ],
    ["sqs:SetQueueAttributes", { QueueUrl: `http://127.0.0.1:5000/${account}/jobs` }, arn("sqs", "jobs")],
    ["sns:Subscribe", { TopicArn: arn("sns", "alarms") }, arn("sns", "alarms")],
    ["sns:Unsubscribe", { SubscriptionArn: arn("sns", "alarms:0123") }, arn("sns", "alarms:0123")],
    ["scheduler:GetSchedule", { Name: "nightly" }, arn("scheduler", "schedule/default/nightly")],
    ["scheduler:CreateScheduleGroup", { Name: "shop" }, arn("scheduler", "schedule-group/shop")],
    ["events:PutTargets", { Rule: "deploys", EventBusName: "default" }, arn("events", "rule/deploys")],
    ["events:PutTargets", { Rule: "deploys", EventBusName: "orders" }, arn("events", "rule/orders/deploys")],
    ["ssm:GetParameter", { Name: "/shop/url" }, arn("ssm", "parameter/shop/url")],
    ["ssm:GetParameter", { Name: "/aws/service/ami/x" }, `arn:aws:ssm:${region}::parameter/aws/service/ami/x`],
    ["route53:ListResourceRecordSets", { HostedZoneId: "/hostedzone/Z1" }, "arn:aws:route53:::hostedzone/Z1"],
    ["route53:GetChange", { Id: "/change/C1" }, "arn:aws:route53:::change/C1"],
    [
      "route53:ChangeTagsForResource",
      { ResourceType: "healthcheck", ResourceId: "h1" },
      "arn:aws:route53:::healthcheck/h1",
    ],
    ["wafv2:GetWebACL", { Name: "shop", Scope: "REGIONAL", Id: "1" }, arn("wafv2", "regional/webacl/shop/1")],
    ["secretsmanager:CreateSecret", { Name: "shop/key" }, arn("secretsmanager", "secret:shop/key-??????")],
    ["efs:TagResource", { ResourceId: "fs-01234567", Tags: tags }, arn("elasticfilesystem", "file-system/fs-01234567")],
    ["dynamodb:DescribeTable", { TableName: "orders" }, arn("dynamodb", "table/orders")],
    [
      "cloudwatch:PutMetricAlarm",
      { AlarmName: "cpu", AlarmActions: [arn("sns", "a")] },
      arn("cloudwatch", "alarm:cpu"),
    ],
    ["cloudwatch:PutDashboard", { DashboardName: "shop" }, `arn:aws:cloudwatch::${account}:dashboard/shop`],
    ["backup:GetBackupPlan", { BackupPlanId: "p1" }, arn("backup", "backup-plan:p1")],
    ["iam:CreateRole", { RoleName: "web", Path: "/shop/" }, `arn:aws:iam::${account}:role/shop/web`],
    ["servicediscovery:DeleteNamespace", { Id: "ns-1" }, arn("servicediscovery", "namespace/ns-1")],
  ])("%s with %j is needed on %s", async (name, input, resource) => {
    const [requirement] = await requirementsOf(call(name, input), ask);
    const { service, operation } = call(name);
    expect(requirement).toMatchObject({
      action: `${service === "monitoring" ? "cloudwatch" : service}:${operation}`,
      resources: [resource],
    });
  });

  const ciphertext = Buffer.from("1234abcd-12ab-34cd-56ef-1234567890ab and what it encrypts").toString("base64");

  it.each<[string, JsonObject, readonly string[]]>([
    [
      "ssm:GetParametersByPath",
      { Path: "/shop/web/" },
      [`ssm:GetParametersByPath ${arn("ssm", "parameter/shop/web/")}`],
    ],
    [
      "ssm:GetMaintenanceWindow",
      { WindowId: "mw-1" },
      [`ssm:GetMaintenanceWindow ${arn("ssm", "maintenancewindow/mw-1")}`],
    ],
    [
      "dynamodb:BatchGetItem",
      { RequestItems: { orders: { Keys: [] }, carts: { Keys: [] } } },
      ["orders", "carts"].map((name) => `dynamodb:BatchGetItem ${arn("dynamodb", `table/${name}`)}`),
    ],
    [
      "dynamodb:BatchWriteItem",
      { RequestItems: { orders: [] } },
      [`dynamodb:BatchWriteItem ${arn("dynamodb", "table/orders")}`],
    ],
    [
      "dynamodb:TransactGetItems",
      { TransactItems: [{ Get: { TableName: "orders" } }, { Get: { TableName: "orders" } }] },
      [`dynamodb:GetItem ${arn("dynamodb", "table/orders")}`],
    ],
    [
      "dynamodb:TransactWriteItems",
      { TransactItems: [{ Update: { TableName: "orders" } }, { ConditionCheck: { TableName: "carts" } }] },
      [
        `dynamodb:UpdateItem ${arn("dynamodb", "table/orders")}`,
        `dynamodb:ConditionCheckItem ${arn("dynamodb", "table/carts")}`,
      ],
    ],
    [
      "dynamodb:ExecuteStatement",
      { Statement: `SELECT * FROM "orders"."by-day" WHERE day = ?` },
      [`dynamodb:PartiQLSelect ${arn("dynamodb", "table/orders/index/by-day")}`],
    ],
    [
      "dynamodb:BatchExecuteStatement",
      {
        Statements: [
          { Statement: `INSERT INTO orders VALUE {'id': '1'}` },
          { Statement: `delete from "carts" where id = '1'` },
        ],
      },
      [
        `dynamodb:PartiQLInsert ${arn("dynamodb", "table/orders")}`,
        `dynamodb:PartiQLDelete ${arn("dynamodb", "table/carts")}`,
      ],
    ],
    [
      "dynamodb:RestoreTableToPointInTime",
      { SourceTableName: "orders", TargetTableName: "restored" },
      ["orders", "restored"].map((name) => `dynamodb:RestoreTableToPointInTime ${arn("dynamodb", `table/${name}`)}`),
    ],
    [
      "events:PutEvents",
      { Entries: [{ Source: "a" }, { EventBusName: "orders" }, { EventBusName: arn("events", "event-bus/orders") }] },
      ["default", "orders"].map((name) => `events:PutEvents ${arn("events", `event-bus/${name}`)}`),
    ],
    ["events:DeleteEventBus", { Name: "orders" }, [`events:DeleteEventBus ${arn("events", "event-bus/orders")}`]],
    [
      "kms:Decrypt",
      { CiphertextBlob: ciphertext },
      [`kms:Decrypt ${arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab")}`],
    ],
    [
      "kms:ReEncrypt",
      { CiphertextBlob: ciphertext, DestinationKeyId: "new" },
      [
        `kms:ReEncryptFrom ${arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab")}`,
        `kms:ReEncryptTo ${arn("kms", "key/new")}`,
      ],
    ],
    [
      "kms:CreateAlias",
      { AliasName: "alias/shop", TargetKeyId: "new" },
      [`kms:CreateAlias ${arn("kms", "alias/shop")}`, `kms:CreateAlias ${arn("kms", "key/new")}`],
    ],
    [
      "logs:StartQuery",
      { logGroupNames: ["shop", "orders"] },
      ["shop", "orders"].map((name) => `logs:StartQuery ${arn("logs", `log-group:${name}:log-stream:`)}`),
    ],
    [
      "budgets:UpdateBudget",
      { NewBudget: { BudgetName: "shop" } },
      [`budgets:ModifyBudget arn:aws:budgets::${account}:budget/shop`],
    ],
    ["synthetics:StartCanary", { Name: "shop" }, [`synthetics:StartCanary ${arn("synthetics", "canary:shop")}`]],
    [
      "xray:UpdateSamplingRule",
      { SamplingRuleUpdate: { RuleName: "shop" } },
      [`xray:UpdateSamplingRule ${arn("xray", "sampling-rule/shop")}`],
    ],
    [
      "rds:CopyDBParameterGroup",
      { SourceDBParameterGroupIdentifier: "shop", TargetDBParameterGroupIdentifier: "shop-new" },
      ["shop", "shop-new"].map((name) => `rds:CopyDBParameterGroup ${arn("rds", `pg:${name}`)}`),
    ],
    [
      "lambda:GetLayerVersion",
      { LayerName: "shop", VersionNumber: 3 },
      [`lambda:GetLayerVersion ${arn("lambda", "layer:shop:3")}`],
    ],
  ])("%s with %j is needed on all that it names", async (name, input, expected) => {
    expect(await needed(call(name, input))).toEqual(expected);
  });

  it("is needed on the key of an alias", async () => {
    const key = arn("kms", "key/1234");
    const asking = answers({ "kms:DescribeKey alias/shop": { KeyMetadata: { Arn: key } } });
    const remove = call("kms:DeleteAlias", { AliasName: "alias/shop" });
    expect(await needed(remove, asking)).toEqual([
      `kms:DeleteAlias ${arn("kms", "alias/shop")}`,
      `kms:DeleteAlias ${key}`,
    ]);
    expect(await needed(call("kms:Encrypt", { KeyId: "alias/shop" }), asking)).toEqual([`kms:Encrypt ${key}`]);
    const listing = answers({ "kms:ListAliases": { Aliases: [{ AliasName: "alias/shop", TargetKeyId: "1234" }] } });
    expect(await needed(call("kms:Encrypt", { KeyId: arn("kms", "alias/shop") }), listing)).toContain(
      `kms:Encrypt ${key}`,
    );
  });

  it("is needed on what the call creates and on what it is created in", async () => {
    expect(await needed(call("ec2:CreateSubnet", { VpcId: "vpc-0123456789abcdef0" }))).toEqual([
      `ec2:CreateSubnet ${arn("ec2", "vpc/vpc-0123456789abcdef0")}`,
      `ec2:CreateSubnet ${arn("ec2", "subnet/*")}`,
    ]);
  });

  it("is not needed on what a security group rule refers to", async () => {
    const input = {
      GroupId: "sg-0123456789abcdef0",
      IpPermissions: [{ UserIdGroupPairs: [{ GroupId: "sg-0fedcba9876543210" }] }],
    };
    expect(await needed(call("ec2:AuthorizeSecurityGroupIngress", input))).toEqual([
      `ec2:AuthorizeSecurityGroupIngress ${arn("ec2", "security-group/sg-0123456789abcdef0")}`,
    ]);
  });

  it("is needed on images of no account", async () => {
    expect(await needed(call("ec2:RunInstances", { ImageId: "ami-0123456789abcdef0" }))).toContain(
      `ec2:RunInstances arn:aws:ec2:${region}::image/ami-0123456789abcdef0`,
    );
  });

  it("is needed on a load balancer of the type", async () => {
    const needs = (type?: string) => needed(call("elbv2:CreateLoadBalancer", { Name: "edge", Type: type }));
    expect(await needs()).toEqual([
      `elasticloadbalancing:CreateLoadBalancer ${arn("elasticloadbalancing", "loadbalancer/app/edge/*")}`,
    ]);
    expect(await needs("network")).toEqual([
      `elasticloadbalancing:CreateLoadBalancer ${arn("elasticloadbalancing", "loadbalancer/net/edge/*")}`,
    ]);
  });

  it("is needed on the service of a deployment too", async () => {
    const deployment = arn("ecs", "service-deployment/prod/web/0123");
    expect(await needed(call("ecs:DescribeServiceDeployments", { serviceDeploymentArns: [deployment] }))).toEqual([
      `ecs:DescribeServiceDeployments ${arn("ecs", "service/prod/web")}`,
      `ecs:DescribeServiceDeployments ${deployment}`,
    ]);
  });

  it("is needed on managed rule sets that a web ACL uses", async () => {
    const rules = [
      { Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } } },
    ];
    expect(await needed(call("wafv2:CreateWebACL", { Name: "shop", Scope: "REGIONAL", Rules: rules }))).toEqual([
      `wafv2:CreateWebACL ${arn("wafv2", "regional/webacl/shop/*")}`,
      `wafv2:CreateWebACL ${arn("wafv2", "regional/managedruleset/AWS/AWSManagedRulesCommonRuleSet")}`,
    ]);
  });

  it("is not needed on other types of resources that are named by the same members", async () => {
    expect(await needed(call("wafv2:UpdateWebACL", { Name: "shop", Scope: "REGIONAL", Id: "1" }))).toEqual([
      `wafv2:UpdateWebACL ${arn("wafv2", "regional/webacl/shop/1")}`,
    ]);
  });

  it("is needed on the ARN of a role with its path", async () => {
    expect(await needed(call("iam:DeleteRole", { RoleName: "app" }))).toEqual([
      `iam:DeleteRole arn:aws:iam::${account}:role/path/app`,
    ]);
  });

  it("is needed on the ARN of a secret with its suffix", async () => {
    const secret = arn("secretsmanager", "secret:shop-AbCdEf");
    const asking = answers({ "secretsmanager:DescribeSecret": { ARN: secret } });
    expect(await needed(call("secretsmanager:GetSecretValue", { SecretId: "shop" }), asking)).toEqual([
      `secretsmanager:GetSecretValue ${secret}`,
    ]);
  });

  it("is needed on the key of an alias", async () => {
    const asking = answers({ "kms:DescribeKey": { KeyMetadata: { Arn: arn("kms", "key/1") } } });
    expect(await needed(call("kms:DescribeKey", { KeyId: "alias/shop" }), asking)).toEqual([
      `kms:DescribeKey ${arn("kms", "key/1")}`,
    ]);
  });

  it("is needed on the route table of an association", async () => {
    const asking = answers({ "ec2:DescribeRouteTables": { RouteTables: [{ RouteTableId: "rtb-0123456789abcdef0" }] } });
    expect(await needed(call("ec2:DisassociateRouteTable", { AssociationId: "rtbassoc-1" }), asking)).toEqual([
      `ec2:DisassociateRouteTable ${arn("ec2", "route-table/rtb-0123456789abcdef0")}`,
    ]);
  });

  it("has the partition of the region", async () => {
    const [requirement] = await requirementsOf(
      call("sqs:CreateQueue", { QueueName: "a" }, { region: "cn-north-1" }),
      ask,
    );
    expect(requirement?.resources).toEqual([`arn:aws-cn:sqs:cn-north-1:${account}:a`]);
  });

  it("is needed on the ARNs in the input, or on everything, when AWS's list lacks it", async () => {
    const key = arn("ecs", "unheard-of/1");
    expect(await needed(call("ecs:NewOperation", { name: key }))).toEqual([`ecs:NewOperation ${key}`]);
    expect(await needed(call("ecs:NewOperation"))).toEqual(["ecs:NewOperation *"]);
  });
});

describe("operations whose actions have another name", () => {
  const object = { Bucket: "shop", Key: "a/b.txt" };

  it.each<[string, JsonObject, string[]]>([
    ["s3:HeadObject", object, ["s3:GetObject arn:aws:s3:::shop/a/b.txt"]],
    ["s3:GetObject", { ...object, VersionId: "1" }, ["s3:GetObjectVersion arn:aws:s3:::shop/a/b.txt"]],
    ["s3:ListObjectsV2", { Bucket: "shop" }, ["s3:ListBucket arn:aws:s3:::shop"]],
    ["s3:HeadBucket", { Bucket: "shop" }, ["s3:ListBucket arn:aws:s3:::shop"]],
    ["s3:DeleteObject", { ...object, VersionId: "1" }, ["s3:DeleteObjectVersion arn:aws:s3:::shop/a/b.txt"]],
    [
      "s3:CopyObject",
      { ...object, CopySource: "/other/x%20y" },
      ["s3:PutObject arn:aws:s3:::shop/a/b.txt", "s3:GetObject arn:aws:s3:::other/x y"],
    ],
    [
      "s3:DeleteObjects",
      { Bucket: "shop", Delete: { Objects: [{ Key: "a" }, { Key: "b", VersionId: "1" }] } },
      ["s3:DeleteObject arn:aws:s3:::shop/a", "s3:DeleteObjectVersion arn:aws:s3:::shop/b"],
    ],
    ["s3:DeleteBucketLifecycle", { Bucket: "shop" }, ["s3:PutLifecycleConfiguration arn:aws:s3:::shop"]],
    ["s3:GetPublicAccessBlock", { Bucket: "shop" }, ["s3:GetBucketPublicAccessBlock arn:aws:s3:::shop"]],
    [
      "budgets:CreateBudget",
      { Budget: { BudgetName: "shop" } },
      [`budgets:ModifyBudget arn:aws:budgets::${account}:budget/shop`],
    ],
    ["budgets:DescribeBudget", { BudgetName: "shop" }, [`budgets:ViewBudget arn:aws:budgets::${account}:budget/shop`]],
    ["sqs:SendMessageBatch", { QueueUrl: `http://a/${account}/jobs` }, [`sqs:SendMessage ${arn("sqs", "jobs")}`]],
  ])("%s with %j needs %j", async (name, input, expected) => {
    expect(await needed(call(name, input))).toEqual(expected);
  });

  it("sts:GetCallerIdentity needs no permission", async () => {
    expect(await needed(call("sts:GetCallerIdentity"))).toEqual([]);
  });
});

describe("CloudWatch Logs", () => {
  it("evaluates a log group with an empty stream", async () => {
    expect(await needed(call("logs:PutRetentionPolicy", { logGroupName: "/shop" }))).toEqual([
      `logs:PutRetentionPolicy ${arn("logs", "log-group:/shop:log-stream:")}`,
    ]);
  });

  it("evaluates events with their stream", async () => {
    expect(await needed(call("logs:GetLogEvents", { logGroupName: "/shop", logStreamName: "web/1" }))).toEqual([
      `logs:GetLogEvents ${arn("logs", "log-group:/shop:log-stream:web/1")}`,
    ]);
  });

  it("evaluates DescribeLogGroups on all log groups, whatever the prefix is", async () => {
    expect(await needed(call("logs:DescribeLogGroups", { logGroupNamePrefix: "/shop" }))).toEqual([
      `logs:DescribeLogGroups ${arn("logs", "log-group::log-stream:")}`,
    ]);
  });

  it("evaluates tags on the log group itself", async () => {
    const group = arn("logs", "log-group:/shop");
    expect(await needed(call("logs:ListTagsForResource", { resourceArn: group }))).toEqual([
      `logs:ListTagsForResource ${group}`,
    ]);
    expect(await needed(call("logs:CreateLogGroup", { logGroupName: "/shop", tags: { env: "dev" } }))).toContain(
      `logs:TagResource ${group}`,
    );
  });
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
describe("composite alarms", () => {
  it("need permissions on all resources", async () => {
    expect(await needed(call("cloudwatch:PutCompositeAlarm", { AlarmName: "a", AlarmRule: "TRUE" }))).toEqual([
      "cloudwatch:PutCompositeAlarm *",
    ]);
    expect(
      await needed(call("cloudwatch:DescribeAlarms", { AlarmNames: ["a"], AlarmTypes: ["CompositeAlarm"] })),
    ).toEqual(["cloudwatch:DescribeAlarms *"]);
  });

  it("do not widen the description of metric alarms", async () => {
    expect(await needed(call("cloudwatch:DescribeAlarms", { AlarmNames: ["a"] }))).toEqual([
      `cloudwatch:DescribeAlarms ${arn("cloudwatch", "alarm:a")}`,
    ]);
  });
});

describe("API Gateway", () => {
  const at = (path: string) => `arn:aws:apigateway:${region}::${path}`;
  const rest = (method: string, path: string, name = "apigateway:Any", input: JsonObject = {}) =>
    needed(call(name, input, { method, path }));

  it("has actions after the method and ARNs with the path", async () => {
    expect(await rest("PUT", "/restapis/a1/resources/r1/methods/GET")).toEqual([
      `apigateway:PUT ${at("/restapis/a1/resources/r1/methods/GET")}`,
    ]);
  });

  it("has no version in the paths of HTTP APIs", async () => {
    expect(await rest("GET", "/v2/apis/a1", "apigatewayv2:GetApi")).toEqual([`apigateway:GET ${at("/apis/a1")}`]);
  });

  it("encodes the ARN of tags", async () => {
    const encoded = at("/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1");
    expect(await rest("PUT", "/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1")).toEqual([
      `apigateway:PUT ${encoded}`,
    ]);
    expect(await rest("PUT", "/tags/arn:aws:apigateway:eu-west-1::/restapis/a1")).toEqual([
      `apigateway:PUT ${encoded}`,
    ]);
  });

  it("tags a new REST API under /tags", async () => {
    expect(await rest("POST", "/restapis", "apigateway:CreateRestApi", { tags: { env: "dev" } })).toContain(
      `apigateway:PUT ${at("/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2F*")}`,
    );
  });

  it("needs apigateway:TagResource for tags of a new stage and a new VPC link", async () => {
    const input = { Tags: { env: "dev" } };
    expect(await rest("POST", "/v2/apis/a1/stages", "apigatewayv2:CreateStage", input)).toContain(
      `apigateway:TagResource ${at("/apis/a1/stages")}`,
    );
    expect(await rest("POST", "/v2/vpclinks", "apigatewayv2:CreateVpcLink", input)).toContain(
      `apigateway:TagResource ${at("/vpclinks")}`,
    );
  });

  it("needs apigateway:UpdateRestApiPolicy for a resource policy", async () => {
    const input = { patchOperations: [{ op: "replace", path: "/policy", value: "{}" }] };
    expect(await rest("PATCH", "/restapis/a1", "apigateway:UpdateRestApi", input)).toContain(
      `apigateway:UpdateRestApiPolicy ${at("/restapis/a1")}`,
    );
    expect(await rest("POST", "/restapis", "apigateway:CreateRestApi", { policy: "{}" })).toContain(
      `apigateway:UpdateRestApiPolicy ${at("/restapis/*")}`,
    );
    const body = Buffer.from('{"x-amazon-apigateway-policy":{}}').toString("base64");
    expect(await rest("PUT", "/restapis/a1", "apigateway:PutRestApi", { body })).toEqual([
      `apigateway:PUT ${at("/restapis/a1")}`,
      `apigateway:UpdateRestApiPolicy ${at("/restapis/a1")}`,
    ]);
  });
});

describe("tags of what a call creates", () => {
  it.each<[string, JsonObject, string]>([
    [
      "ec2:CreateVpc",
      { TagSpecifications: [{ ResourceType: "vpc", Tags: tags }] },
      `ec2:CreateTags ${arn("ec2", "vpc/*")}`,
    ],
    [
      "ecs:CreateCluster",
      { clusterName: "prod", tags: [{ key: "env", value: "dev" }] },
      `ecs:TagResource ${arn("ecs", "cluster/prod")}`,
    ],
    [
      "ecs:RegisterTaskDefinition",
      { family: "web", tags: [{ key: "a", value: "b" }] },
      `ecs:TagResource ${arn("ecs", "task-definition/web:*")}`,
    ],
    [
      "ecs:RunTask",
      { cluster: "prod", taskDefinition: "web:1", tags: [{ key: "a", value: "b" }] },
      `ecs:TagResource ${arn("ecs", "task/prod/*")}`,
    ],
    [
      "elbv2:CreateLoadBalancer",
      { Name: "edge", Tags: tags },
      `elasticloadbalancing:AddTags ${arn("elasticloadbalancing", "loadbalancer/app/edge/*")}`,
    ],
    [
      "elbv2:CreateListener",
      { LoadBalancerArn: arn("elasticloadbalancing", "loadbalancer/app/edge/1"), Tags: tags },
      `elasticloadbalancing:AddTags ${arn("elasticloadbalancing", "listener/app/edge/1/*")}`,
    ],
    [
      "elbv2:CreateRule",
      { ListenerArn: arn("elasticloadbalancing", "listener/app/edge/1/2"), Tags: tags },
      `elasticloadbalancing:AddTags ${arn("elasticloadbalancing", "listener-rule/app/edge/1/2/*")}`,
    ],
    [
      "rds:CreateDBInstance",
      { DBInstanceIdentifier: "shop", DBSubnetGroupName: "s", Tags: tags },
      `rds:AddTagsToResource ${arn("rds", "db:shop")}`,
    ],
    [
      "rds:CreateDBSnapshot",
      { DBInstanceIdentifier: "shop", DBSnapshotIdentifier: "s", Tags: tags },
      `rds:AddTagsToResource ${arn("rds", "snapshot:s")}`,
    ],
    ["rds:CreateDBProxy", { DBProxyName: "p", Tags: tags }, `rds:AddTagsToResource ${arn("rds", "db-proxy:*")}`],
    [
      "elasticache:CreateUserGroup",
      { UserGroupId: "g", UserIds: ["u"], Tags: tags },
      `elasticache:AddTagsToResource ${arn("elasticache", "usergroup:g")}`,
    ],
    ["iam:CreateRole", { RoleName: "web", Tags: tags }, `iam:TagRole arn:aws:iam::${account}:role/web`],
    [
      "acm:RequestCertificate",
      { DomainName: "a.b", Tags: tags },
      `acm:AddTagsToCertificate ${arn("acm", "certificate/*")}`,
    ],
    ["kms:CreateKey", { Tags: [{ TagKey: "a", TagValue: "b" }] }, `kms:TagResource ${arn("kms", "key/*")}`],
    ["sqs:CreateQueue", { QueueName: "jobs", tags: { a: "b" } }, `sqs:TagQueue ${arn("sqs", "jobs")}`],
    [
      "efs:CreateAccessPoint",
      { FileSystemId: "fs-1", Tags: tags },
      `elasticfilesystem:TagResource ${arn("elasticfilesystem", "access-point/*")}`,
    ],
    ["servicediscovery:CreateHttpNamespace", { Name: "a", Tags: tags }, "servicediscovery:TagResource *"],
    [
      "cognito-idp:CreateUserPool",
      { PoolName: "a", UserPoolTags: { a: "b" } },
      `cognito-idp:TagResource ${arn("cognito-idp", "userpool/*")}`,
    ],
    [
      "backup:CreateBackupVault",
      { BackupVaultName: "v", BackupVaultTags: { a: "b" } },
      `backup:TagResource ${arn("backup", "backup-vault:v")}`,
    ],
    ["events:PutRule", { Name: "r", Tags: tags }, `events:TagResource ${arn("events", "rule/r")}`],
    [
      "secretsmanager:CreateSecret",
      { Name: "s", Tags: tags },
      `secretsmanager:TagResource ${arn("secretsmanager", "secret:s-??????")}`,
    ],
  ])("need a permission of their own: %s", async (name, input, expected) => {
    const [action = ""] = expected.split(" ");
    expect((await needed(call(name, input))).filter((each) => each.startsWith(`${action} `))).toEqual([expected]);
  });

  it("need none without tags, and none twice", async () => {
    expect(await needed(call("ecs:CreateCluster", { clusterName: "prod", tags: [] }))).toEqual([
      `ecs:CreateCluster ${arn("ecs", "cluster/prod")}`,
    ]);
    const input = { resourceArn: arn("ecs", "cluster/prod"), tags: [{ key: "a", value: "b" }] };
    expect(await needed(call("ecs:TagResource", input))).toEqual([`ecs:TagResource ${arn("ecs", "cluster/prod")}`]);
  });

  it("have the operation as the condition key CreateAction", async () => {
    const requirements = await requirementsOf(
      call("ec2:CreateVpc", { TagSpecifications: [{ ResourceType: "vpc", Tags: tags }] }),
      ask,
    );
    expect(requirements.find(({ action }) => action === "ec2:CreateTags")?.context).toEqual({
      "ec2:CreateAction": "CreateVpc",
    });
  });
});

describe("roles that a call passes", () => {
  const role = `arn:aws:iam::${account}:role/app`;

  it.each<[string, JsonObject, string]>([
    ["ecs:RegisterTaskDefinition", { family: "web", taskRoleArn: role }, "ecs-tasks.amazonaws.com"],
    [
      "ecs:CreateService",
      { serviceName: "web", loadBalancers: [{ advancedConfiguration: { roleArn: role } }] },
      "ecs.amazonaws.com",
    ],
    ["ec2:CreateFlowLogs", { DeliverLogsPermissionArn: role }, "vpc-flow-logs.amazonaws.com"],
    ["rds:CreateDBInstance", { DBInstanceIdentifier: "a", MonitoringRoleArn: role }, "monitoring.rds.amazonaws.com"],
    ["rds:CreateDBProxy", { DBProxyName: "a", RoleArn: role }, "rds.amazonaws.com"],
    ["scheduler:CreateSchedule", { Name: "a", Target: { RoleArn: role } }, "scheduler.amazonaws.com"],
    ["events:PutTargets", { Rule: "a", Targets: [{ RoleArn: role }] }, "events.amazonaws.com"],
    [
      "backup:CreateBackupSelection",
      { BackupPlanId: "p", BackupSelection: { IamRoleArn: role } },
      "backup.amazonaws.com",
    ],
    [
      "apigateway:UpdateAccount",
      { patchOperations: [{ path: "/cloudwatchRoleArn", value: role }] },
      "apigateway.amazonaws.com",
    ],
    [
      "apigateway:PutRestApi",
      { body: Buffer.from(JSON.stringify({ paths: { "/": { put: { credentials: role } } } })).toString("base64") },
      "apigateway.amazonaws.com",
    ],
  ])("need iam:PassRole: %s", async (name, input, service) => {
    expect(await requirementsOf(call(name, input), ask)).toContainEqual({
      action: "iam:PassRole",
      resources: [role],
      context: { "iam:PassedToService": service },
    });
  });

  it("include those of the task definition that a task is started with, unless they are overridden", async () => {
    const asking = answers({
      "ecs:DescribeTaskDefinition": { taskDefinition: { taskRoleArn: role, executionRoleArn: `${role}-x` } },
    });
    const passed = async (overrides: JsonObject) =>
      (await needed(call("ecs:RunTask", { taskDefinition: "web", overrides }), asking)).filter((each) =>
        each.startsWith("iam:"),
      );
    expect(await passed({})).toEqual([`iam:PassRole ${role}`, `iam:PassRole ${role}-x`]);
    expect(await passed({ taskRoleArn: `${role}-y` })).toEqual([`iam:PassRole ${role}-y`, `iam:PassRole ${role}-x`]);
  });

  it("include that of an instance profile", async () => {
    const asking = answers({ "iam:GetInstanceProfile bastion": { InstanceProfile: { Roles: [{ Arn: role }] } } });
    const input = { ImageId: "ami-0123456789abcdef0", IamInstanceProfile: { Name: "bastion" } };
    expect(await requirementsOf(call("ec2:RunInstances", input), asking)).toContainEqual({
      action: "iam:PassRole",
      resources: [role],
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    });
  });

  it("do not include service-linked roles", async () => {
    const linked = `arn:aws:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/X`;
    const input = { ServiceNamespace: "ecs", ResourceId: "service/a/b", RoleARN: linked };
    expect(await needed(call("application-autoscaling:RegisterScalableTarget", input))).toEqual([
      `application-autoscaling:RegisterScalableTarget ${arn("application-autoscaling", "scalable-target/*")}`,
    ]);
  });
});

describe("service-linked roles", () => {
  const create = call("elbv2:CreateLoadBalancer", { Name: "edge" });

  it("need iam:CreateServiceLinkedRole in an account without the role", async () => {
    expect(await requirementsOf(create, answers({}))).toContainEqual(
      expect.objectContaining({
        action: "iam:CreateServiceLinkedRole",
        resources: [
          `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
        ],
        context: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      }),
    );
  });

  it("of AWS WAF write to Firehose only", async () => {
    const needs = (service: string) => {
      const LogDestinationConfigs = [arn(service, "aws-waf-logs-a")];
      const LoggingConfiguration = { ResourceArn: arn("wafv2", "regional/webacl/a/1"), LogDestinationConfigs };
      return needed(call("wafv2:PutLoggingConfiguration", { LoggingConfiguration }), answers({}));
    };
    expect((await needs("firehose")).join()).toContain("AWSServiceRoleForWAFV2Logging");
    expect((await needs("logs")).join()).not.toContain("iam:CreateServiceLinkedRole");
  });

  it("of Application Auto Scaling depend on the scaled service", async () => {
    const needs = (namespace: string) =>
      needed(call("application-autoscaling:RegisterScalableTarget", { ServiceNamespace: namespace }), answers({}));
    expect((await needs("ecs")).join()).toContain("AWSServiceRoleForApplicationAutoScaling_ECSService");
    expect((await needs("dynamodb")).join()).toContain("AWSServiceRoleForApplicationAutoScaling_DynamoDBTable");
  });
});

describe("what a service calls on behalf of the caller", () => {
  const logDelivery = [
    "logs:CreateLogDelivery *",
    `logs:DescribeLogGroups ${arn("logs", "log-group::log-stream:")}`,
    "logs:DescribeResourcePolicies *",
    "logs:PutResourcePolicy *",
  ];

  it("includes route53:AssociateVPCWithHostedZone for an interface endpoint with private DNS", async () => {
    const associate = "route53:AssociateVPCWithHostedZone arn:aws:route53:::hostedzone/*";
    const needs = (input: JsonObject) =>
      needed(call("ec2:CreateVpcEndpoint", { VpcId: "vpc-0123456789abcdef0", ...input }));
    expect(await needs({ VpcEndpointType: "Interface", PrivateDnsEnabled: true })).toContain(associate);
    expect(await needs({ VpcEndpointType: "Interface" })).toContain(associate);
    expect(await needs({ VpcEndpointType: "Interface", PrivateDnsEnabled: false })).not.toContain(associate);
    expect(await needs({ VpcEndpointType: "Gateway" })).not.toContain(associate);
  });

  it("includes log delivery for the access logs of an HTTP API", async () => {
    const stage = (input: JsonObject) =>
      needed(call("apigatewayv2:UpdateStage", input, { method: "PATCH", path: "/v2/apis/a/stages/b" }));
    expect(await stage({ AccessLogSettings: { DestinationArn: arn("logs", "log-group:a") } })).toEqual(
      expect.arrayContaining(logDelivery),
    );
    expect(await stage({})).toHaveLength(1);
  });

  it("includes log delivery for the logs of a web ACL", async () => {
    const input = {
      LoggingConfiguration: {
        ResourceArn: arn("wafv2", "regional/webacl/a/1"),
        LogDestinationConfigs: [arn("logs", "log-group:aws-waf-logs-a")],
      },
    };
    expect(await needed(call("wafv2:PutLoggingConfiguration", input))).toEqual([
      `wafv2:PutLoggingConfiguration ${arn("wafv2", "regional/webacl/a/1")}`,
      ...logDelivery,
    ]);
  });

  it("includes apigateway:SetWebACL and elasticloadbalancing:SetWebAcl for a web ACL's association", async () => {
    const associate = (resource: string) =>
      needed(call("wafv2:AssociateWebACL", { WebACLArn: arn("wafv2", "regional/webacl/a/1"), ResourceArn: resource }));
    const stage = `arn:aws:apigateway:${region}::/restapis/a/stages/b`;
    expect(await associate(stage)).toContain(`apigateway:SetWebACL ${stage}`);
    const balancer = arn("elasticloadbalancing", "loadbalancer/app/a/1");
    expect(await associate(balancer)).toContain("elasticloadbalancing:SetWebAcl *");
    const pool = arn("cognito-idp", "userpool/p");
    expect(await associate(pool)).toContain(`cognito-idp:AssociateWebACL ${pool}`);
  });

  it.each<[string, JsonObject, string]>([
    [
      "apigateway:CreateVpcLink",
      {},
      `ec2:CreateVpcEndpointServiceConfiguration ${arn("ec2", "vpc-endpoint-service/*")}`,
    ],
    [
      "application-autoscaling:PutScalingPolicy",
      { PolicyType: "TargetTrackingScaling" },
      `cloudwatch:PutMetricAlarm ${arn("cloudwatch", "alarm:TargetTracking-*")}`,
    ],
    ["backup:CreateBackupVault", { BackupVaultName: "v" }, "backup-storage:MountCapsule *"],
    [
      "backup:CreateBackupVault",
      { BackupVaultName: "v", EncryptionKeyArn: arn("kms", "key/1") },
      `kms:CreateGrant ${arn("kms", "key/1")}`,
    ],
    [
      "efs:CreateMountTarget",
      { FileSystemId: "fs-1", SubnetId: "subnet-1" },
      `ec2:CreateNetworkInterface ${arn("ec2", "subnet/subnet-1")}`,
    ],
    [
      "events:CreateConnection",
      { Name: "c" },
      `secretsmanager:CreateSecret ${arn("secretsmanager", "secret:events!connection/*")}`,
    ],
    [
      "rds:CreateDBInstance",
      { DBInstanceIdentifier: "a", ManageMasterUserPassword: true },
      `secretsmanager:CreateSecret ${arn("secretsmanager", "secret:rds!*")}`,
    ],
    ["servicediscovery:CreatePrivateDnsNamespace", { Name: "a", Vpc: "vpc-1" }, "route53:CreateHostedZone *"],
  ])("%s with %j includes %s", async (name, input, expected) => {
    expect(await needed(call(name, input))).toContain(expected);
  });

  it("is marked with the service that calls", async () => {
    const requirements = await requirementsOf(call("efs:DeleteMountTarget", { MountTargetId: "m" }), ask);
    expect(requirements.map(({ action, via }) => [action, via])).toEqual([
      ["elasticfilesystem:DeleteMountTarget", undefined],
      ["ec2:DeleteNetworkInterface", "elasticfilesystem.amazonaws.com"],
    ]);
  });
});

describe("condition keys of IAM", () => {
  const boundary = `arn:aws:iam::${account}:policy/limits`;

  it("have the boundary of the request for a new role", async () => {
    const [requirement] = await requirementsOf(
      call("iam:CreateRole", { RoleName: "web", PermissionsBoundary: boundary }),
      ask,
    );
    expect(requirement?.context).toMatchObject({ "iam:PermissionsBoundary": boundary });
  });

  it("have the boundary of the role for its policies", async () => {
    const asking = answers({
      "iam:GetRole": {
        Role: { Arn: "arn:aws:iam::1:role/a", PermissionsBoundary: { PermissionsBoundaryArn: boundary } },
      },
    });
    const contextOf = async (name: string, input: JsonObject) =>
      (await requirementsOf(call(name, { RoleName: "a", ...input }), asking))[0]?.context;
    expect(await contextOf("iam:AttachRolePolicy", { PolicyArn: "p" })).toEqual({
      "iam:PermissionsBoundary": boundary,
      "iam:PolicyARN": "p",
    });
    expect(await contextOf("iam:PutRolePolicy", { PolicyName: "p" })).toEqual({ "iam:PermissionsBoundary": boundary });
    expect(await contextOf("iam:UpdateRole", {})).toEqual({});
  });

  it("have the boundary of the user for its policies, and the policy of a group", async () => {
    const asking = answers({
      "iam:GetUser": {
        User: { Arn: "arn:aws:iam::1:user/a", PermissionsBoundary: { PermissionsBoundaryArn: boundary } },
      },
    });
    const contextOf = async (name: string, input: JsonObject) =>
      (await requirementsOf(call(name, input), asking))[0]?.context;
    const attached = { "iam:PermissionsBoundary": boundary, "iam:PolicyARN": "p" };
    expect(await contextOf("iam:AttachUserPolicy", { UserName: "a", PolicyArn: "p" })).toEqual(attached);
    expect(await contextOf("iam:AttachGroupPolicy", { GroupName: "a", PolicyArn: "p" })).toEqual({
      "iam:PolicyARN": "p",
    });
  });
});
