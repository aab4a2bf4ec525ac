import { createHash } from "node:crypto";

/** What a physical name is made of; a `*` in place of a part makes the pattern of such names. */
export interface Named {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
}

// Regional names: two stages live in one region of an account.

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
export const jobDeadLetterQueueName = ({ app, stage }: Named, job: string) => `${app}-${job}-missed-starts-${stage}`;
export const tableName = ({ app, stage }: Named, table: string) => `${app}-${table}-${stage}`;
export const databaseIdentifier = ({ app, stage }: Named) => `${app}-postgres-${stage}`;
export const databaseProxyName = ({ app, stage }: Named) => `${app}-postgres-proxy-${stage}`;
/** A major version has a family of parameters of its own. */
export const databaseParametersName = ({ app, stage }: Named, family: string) => `${app}-${family}-${stage}`;
/** Of the vault, the plan and its selection. */
export const backupName = ({ app, stage }: Named) => `${app}-backups-${stage}`;
export const topicName = ({ app, stage }: Named, topic: string) => `${app}-${topic}-topic-${stage}`;
export const secretName = ({ app, stage }: Named, secret: string) => `${app}/${stage}/${secret}`;
export const cacheName = ({ app, stage }: Named) => fitted(`${app}-cache-${stage}`, 40);
export const cacheUserName = ({ app, stage }: Named, role: string) => fitted(`${app}-${role}-${stage}`, 40);
export const sessionDocumentName = ({ app, stage }: Named) => `${app}-bastion-session-${stage}`;
export const bastionKeyName = ({ app, stage }: Named) => `${app}-bastion-${stage}`;
export const scheduleName = ({ app, stage }: Named, job: string) => `${app}-${job}-schedule-${stage}`;
export const alarmName = ({ app, stage }: Named, subject: string, symptom: string) =>
  `${app}-${subject}-${symptom}-${stage}`;
export const eventRuleName = ({ app, stage }: Named, what: string) => `${app}-${what}-${stage}`;
export const alarmTopicName = ({ app, stage }: Named) => `${app}-alarms-${stage}`;
export const namespaceName = ({ app, stage }: Named) => `${app}-${stage}`;

/** Ending of the names by which services find each other in the VPC's DNS. */
export const namespaceDomain = ({ app, stage }: Named) => `${stage}.${app}.internal`;

/** Name tag of a network resource, or name of a security group. */
export const networkName = ({ app, stage }: Named, role: string) => `${app}-${role}-${stage}`;

/** WAF writes only to log groups of this prefix. */
export const webAclLogGroupName = ({ app, stage }: Named) => `aws-waf-logs-${app}-${stage}`;

/** RDS writes to a group of this name only: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html */
export const databaseLogGroupName = (kind: "instance" | "cluster", identifier: string) =>
  `/aws/rds/${kind}/${identifier}/postgresql`;

/** RDS Proxy writes to a group of this name only: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html */
export const databaseProxyLogGroupName = (proxy: string) => `/aws/rds/proxy/${proxy}`;

/** Where Container Insights writes, by its own rule. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html */
export const insightsLogGroupName = (stage: Named) => `/aws/ecs/containerinsights/${clusterName(stage)}/performance`;

/** Saved queries stand in folders of the console. */
export const queryName = ({ app, stage }: Named, what: string) => `${app}/${stage}/${what}`;

/** Log groups are listed by prefix: product first, then stage. */
export const logGroupName = ({ app, stage }: Named, source: string) => `/${app}/${stage}/${source}`;

// A replacement is created before the old one is destroyed, so their names must differ: Terraform completes these.

/** AWS leaves six characters for what a load balancer or target group is; its `Name` tag tells the rest. */
export const loadBalancerNamePrefix = (role: string) => `${role.slice(0, 5).replace(/-+$/, "")}-`;
export const securityGroupPrefix = (named: Named, role: string) => `${networkName(named, role)}-`;

// Global names: two regions live in one account, too.

export const roleName = ({ app, stage, region }: Named, role: string) =>
  ending(`${app}-${role}`, `-${stage}-${region}`, 64);

export const dashboardName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;
export const budgetName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;

/** Buckets are global to all accounts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = ({ app, stage, region, accountId }: Named & { readonly accountId: string }, role: string) =>
  ending(`${app}-${role}`, `-${stage}-${region}-${accountId}`, 63);

/** Beginning of the address of Cognito's pages, which is taken by others as soon as it is not unusual. */
export const userPoolDomain = ({ app, stage, accountId }: Named & { readonly accountId: string }) =>
  `${app}-${stage}-${hashOf(accountId)}`;

/** Role of a pipeline, which is no stage's own. */
export const pipelineRoleName = ({ app, region }: Pick<Named, "app" | "region">, role: string) =>
  `${app}-${role}-${region}`;

/** Name of a Terraform variable or output, which knows no dashes. */
export const terraformName = (...parts: readonly string[]) => parts.join("_").replaceAll("-", "_");

/** Variable that brings a service's image, set by a pipeline as `TF_VAR_<name>`. */
export const imageVariable = (service: string) => terraformName(service, "image");

/** Output by which the guard knows a stage whose data may be lost. */
export const dataProtectionOutput = "data_protection";

/** Key of a stage's state in its bucket. */
export const stateKey = ({ app, stage, region }: Named) => `${app}/${stage}/${region}/terraform.tfstate`;

/** Name of a stage's state in GitLab, where one project keeps those of all stacks. */
export const stateName = ({ app, stage, region }: Named) => `${app}-${stage}-${region}`;

/** A short hash that tells two texts apart, and is the same in every synthesis. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}

/** Keeps a name within AWS's limit, and its ending, by which permissions know whose it is. */
function ending(name: string, end: string, maximum: number): string {
  return `${fitted(name, maximum - end.length)}${end}`;
}

/** Keeps a name within AWS's limit: a longer one ends in a hash, so that two stay different. */
function fitted(name: string, maximum: number): string {
  if (name.length <= maximum) return name;
  const hash = hashOf(name);
  return `${name.slice(0, maximum - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
