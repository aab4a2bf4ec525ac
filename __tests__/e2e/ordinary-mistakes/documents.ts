/** A statement of a policy that allows one action. */
const allow = (statement: object) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const services = { Service: ["ecs-tasks.amazonaws.com", "scheduler.amazonaws.com"] };

/** Policy documents, right ones and wrong ones. */
export const policies = {
  trust: allow({ Principal: services, Action: "sts:AssumeRole" }),
  trustWithWrongAction: allow({ Principal: services, Action: "iam:PassRole" }),
  trustWithResource: allow({ Principal: services, Action: "sts:AssumeRole", Resource: "*" }),
  readPictures: allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::shop-pictures/*" }),
  withoutResource: allow({ Action: "s3:GetObject" }),
  tooLong: allow({
    Action: "s3:GetObject",
    Resource: Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::shop-pictures/customers/${index}/*`),
  }),
  keyWithoutAdministrator: allow({ Principal: { AWS: "*" }, Action: "kms:Encrypt", Resource: "*" }),
};

/** A container of a task definition that serves port 80. */
export const container = { name: "web", image: "nginx", portMappings: [{ containerPort: 80 }] };

/** A manifest of a container image without layers. */
export const image = {
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: { mediaType: "application/vnd.docker.container.image.v1+json", size: 2, digest: `sha256:${"0".repeat(64)}` },
  layers: [],
};

/** The change of a Route 53 record. */
export const record = (name: string, type: string, value: string) => ({
  Changes: [
    {
      Action: "CREATE",
      ResourceRecordSet: { Name: name, Type: type, TTL: 60, ResourceRecords: [{ Value: value }] },
    },
  ],
});

/** A cost budget of 10 USD a month. */
export const budget = {
  BudgetName: "shop",
  BudgetLimit: { Amount: "10", Unit: "USD" },
  TimeUnit: "MONTHLY",
  BudgetType: "COST",
};

/** The only rule of a dashboard with one text. */
export const dashboard = { widgets: [{ type: "text", width: 6, height: 3, properties: { markdown: "shop" } }] };

/** A rule of a web ACL with a rate limit. */
export const rateRule = (name: string, priority: number) => ({
  Name: name,
  Priority: priority,
  Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: "IP" } },
  Action: { Block: {} },
  VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name },
});

/** A plan of AWS Backup with one daily rule. */
export const backupPlan = (vault: string) => ({
  BackupPlanName: "daily",
  Rules: [{ RuleName: "daily", TargetBackupVaultName: vault }],
});

/** A lifecycle policy of ECR that keeps some images. */
export const keepImages = (countType: string) => ({
  rules: [{ rulePriority: 1, selection: { tagStatus: "any", countType, countNumber: 10 }, action: { type: "expire" } }],
});
