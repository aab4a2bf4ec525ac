import { createHash } from "node:crypto";

/** The parts of physical names; "*" for a part results in a pattern. */
export interface Named {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
}

// Regional names: an account may have several stages in one region.

export const clusterName = ({ app, stage }: Named) => `${app}-ecs-cluster-${stage}`;
export const serviceName = ({ stage }: Named, service: string) => `${service}-ecs-service-${stage}`;
export const taskFamily = ({ app, stage }: Named, service: string) => `${app}-${service}-task-${stage}`;
export const repositoryName = ({ stage }: Named, service: string) => `${service}-${stage}-image`;
export const apiName = ({ app, stage }: Named) => `${app}-api-${stage}`;
export const usagePlanName = ({ app, stage }: Named) => `${app}-usage-plan-${stage}`;
export const apiKeyName = ({ app, stage }: Named, caller: string) => `${app}-${caller}-key-${stage}`;
export const userPoolName = ({ app, stage }: Named) => `${app}-users-${stage}`;
export const userPoolClientName = ({ app, stage }: Named, role: string) => `${app}-${role}-${stage}`;
export const authorizerName = ({ app, stage }: Named) => `${app}-authorizer-${stage}`;
export const webAclName = ({ app, stage }: Named) => `${app}-web-acl-${stage}`;
export const vpcLinkName = ({ app, stage }: Named) => `${app}-vpc-link-${stage}`;

export const queueName = ({ app, stage }: Named, queue: string) => `${app}-${queue}-queue-${stage}`;
export const deadLetterQueueName = ({ app, stage }: Named, source: string) => `${app}-${source}-dead-letter-${stage}`;
export const jobDeadLetterQueueName = ({ app, stage }: Named, job: string) => `${app}-${job}-dead-letter-job-${stage}`;
export const tableName = ({ app, stage }: Named, table: string) => `${app}-${table}-${stage}`;
export const databaseIdentifier = ({ app, stage }: Named) => `${app}-postgres-${stage}`;
export const databaseProxyName = ({ app, stage }: Named) => `${app}-postgres-proxy-${stage}`;
/** Each major version has its own parameter group family. */
export const databaseParametersName = ({ app, stage }: Named, family: string) => `${app}-${family}-${stage}`;
/** Name of the vault, the plan and its selection. */
export const backupName = ({ app, stage }: Named) => `${app}-backups-${stage}`;
export const topicName = ({ app, stage }: Named, topic: string) => `${app}-${topic}-topic-${stage}`;
export const secretName = ({ app, stage }: Named, secret: string) => `${app}/${stage}/${secret}`;
export const cacheName = ({ app, stage }: Named) => shortened(`${app}-cache-${stage}`, 40);
export const cacheUserName = ({ app, stage }: Named, role: string) => shortened(`${app}-${role}-${stage}`, 40);
export const sessionDocumentName = ({ app, stage }: Named) => `${app}-bastion-session-${stage}`;
export const bastionKeyName = ({ app, stage }: Named) => `${app}-bastion-${stage}`;
export const scheduleName = ({ app, stage }: Named, job: string) => `${app}-${job}-schedule-${stage}`;
export const alarmName = ({ app, stage }: Named, subject: string, symptom: string) =>
  `${app}-${subject}-${symptom}-${stage}`;
export const eventRuleName = ({ app, stage }: Named, what: string) => `${app}-${what}-${stage}`;
export const alarmTopicName = ({ app, stage }: Named) => `${app}-alarms-${stage}`;
export const namespaceName = ({ app, stage }: Named) => `${app}-${stage}`;

/** Private DNS domain of the services. */
export const namespaceDomain = ({ app, stage }: Named) => `${stage}.${app}.internal`;

/** Name tag of a network resource, or name of a security group. */
export const networkName = ({ app, stage }: Named, role: string) => `${app}-${role}-${stage}`;

/** WAF requires this prefix. */
export const webAclLogGroupName = ({ app, stage }: Named) => `aws-waf-logs-${app}-${stage}`;

/** Patterns of the log groups that AWS recommends for deliveries, and of those whose names WAF prescribes. */
export const vendedLogGroupPatterns = ["/aws/vendedlogs/*", "aws-waf-logs-*"] as const;

/** Pattern of the log groups with the access logs of the stages' APIs. */
export const accessLogGroupPattern = ({ app }: Pick<Named, "app">) =>
  logGroupName({ app, stage: "*", region: "*" }, "api-access");

/** Name prescribed by RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html */
export const databaseLogGroupName = (kind: "instance" | "cluster", identifier: string) =>
  `/aws/rds/${kind}/${identifier}/postgresql`;

/** Name prescribed by RDS Proxy: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html */
export const databaseProxyLogGroupName = (proxy: string) => `/aws/rds/proxy/${proxy}`;

/** Name prescribed by Container Insights. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html */
export const insightsLogGroupName = (stage: Named) => `/aws/ecs/containerinsights/${clusterName(stage)}/performance`;

/** The console shows slashes in the names of saved queries as folders. */
export const queryName = ({ app, stage }: Named, what: string) => `${app}/${stage}/${what}`;

/** Log groups are listed by prefix: product first, then stage. */
export const logGroupName = ({ app, stage }: Named, source: string) => `/${app}/${stage}/${source}`;

// Prefixes, which Terraform completes: a replacement is created before the old resource is destroyed.

/** Terraform limits the prefix to six characters; the `Name` tag has the full name. */
export const loadBalancerNamePrefix = (role: string) => `${role.slice(0, 5).replace(/-+$/, "")}-`;
export const securityGroupPrefix = (named: Named, role: string) => `${networkName(named, role)}-`;

// Global names: an account may have several regions.

export const roleName = ({ app, stage, region }: Named, role: string) =>
  withEnding(`${app}-${role}`, `-${stage}-${region}`, 64);

export const dashboardName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;
export const budgetName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;

/** Buckets are global to all accounts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = ({ app, stage, region, accountId }: Named & { readonly accountId: string }, role: string) =>
  withEnding(`${app}-${role}`, `-${stage}-${region}-${accountId}`, 63);

/** Domain prefix of the user pool's pages. Unique in a region across all accounts, hence the hash. */
export const userPoolDomain = ({ app, stage, accountId }: Named & { readonly accountId: string }) =>
  `${app}-${stage}-${hashOf(accountId)}`;

/** Name of a role or a policy of the account stack that does not belong to a stage. */
export const pipelineRoleName = ({ app, region }: Pick<Named, "app" | "region">, role: string) =>
  `${app}-${role}-${region}`;

/** Name of the account's policy for the delivery of logs, in each of its regions. */
export const logDeliveryPolicyName = ({ app }: Pick<Named, "app">) => `${app}-log-delivery`;

/** Name of the cost monitor of an account, and of its subscription. */
export const costAnomalyName = ({ app }: Pick<Named, "app">) => `${app}-cost-anomalies`;

/** Name of a Terraform variable or output, with underscores only. */
export const terraformName = (...parts: readonly string[]) => parts.join("_").replaceAll("-", "_");

/** Terraform variable with a service's image, set by a pipeline as `TF_VAR_<name>`. */
export const imageVariable = (service: string) => terraformName(service, "image");

/** Output that permits the plan guard the loss of a stage's data. */
export const dataProtectionOutput = "data_protection";

/** Key of a stage's state in its bucket. */
export const stateKey = ({ app, stage, region }: Named) => `${app}/${stage}/${region}/terraform.tfstate`;

/** Name of a stage's state in GitLab; one project has the states of all stacks. */
export const stateName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;

/** A short, deterministic hash of a text. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}

/** Shortens a name to AWS's limit without its ending, which permissions match. */
function withEnding(name: string, end: string, maximum: number): string {
  return `${shortened(name, maximum - end.length)}${end}`;
}

/** Shortens a name to AWS's limit; a shortened name ends in a hash, so that names stay unique. */
function shortened(name: string, maximum: number): string {
  if (name.length <= maximum) return name;
  const hash = hashOf(name);
  return `${name.slice(0, maximum - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
