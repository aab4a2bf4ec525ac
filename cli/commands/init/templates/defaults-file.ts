import { partitionOf } from "../../../../schema/regions";
import { pipelineRoleName } from "../../../../stacks/naming";
import { iamArn } from "../../../../stacks/arn";
import { pipelinePath } from "../../../../stacks/account/boundaries";
import type { Answers, Environment } from "../answers";
import { defaultIngress } from "./ingress";

/** The file with the defaults of an environment's stages and services. */
export function defaultsFile(answers: Answers, environment: Environment): string {
  const { app, owner, regions } = answers;
  const { name, accountId, production } = environment;
  const [region] = regions;
  const boundary = `policy${pipelinePath}${pipelineRoleName({ app, region }, "workload-boundary")}`;
  // The account ID is written once in the file.
  const boundaryArn = iamArn({ partition: partitionOf(region), accountId: "${accountId}" }, boundary);
  return `import type { StageInput } from "#schema";

const accountId = ${JSON.stringify(accountId)};

/** Defaults of all ${name} stages: ${production ? "redundancy in every zone, and logs for a year" : "low cost, quick to replace"}. */
export const defaults = {
  app: ${JSON.stringify(app)},
  environment: ${JSON.stringify(name)},
  production: ${production},
  // Terraform refuses credentials of any other account.
  accountId,
  owner: ${JSON.stringify(owner)},
  ${stateOf(answers, environment)}
  // The policy that limits the roles of the stages; npm run bootstrap creates it.
  permissionsBoundaryArn: \`${boundaryArn}\`,
  ${production ? productionFields : developmentFields}
  ingress: ${defaultIngress(answers, environment)},
  ${monitoring(answers, environment)}
} as const satisfies Partial<StageInput>;

${environment.postgres ? postgres(environment) : ""}/** Defaults of web services. */
export const webDefaults = ${production ? productionService(answers, environment) : developmentService(answers, environment)} as const satisfies StageInput["services"][string];
`;
}

function stateOf({ state, regions }: Answers, { bucket }: Environment): string {
  if (state.backend === "gitlab") {
    return `// GitLab keeps the state of each stack, under the stack's name, in this project.
  state: ${JSON.stringify({ backend: "gitlab", projectId: state.projectId })},`;
  }
  return `// A bucket name is unique across all accounts of AWS; npm run bootstrap creates the bucket.
  state: ${JSON.stringify({ backend: "s3", bucket, region: regions[0] })},`;
}

const developmentFields = `allowDataLoss: true,
  // Pipelines may push a tag such as :latest again, and destroying a stage deletes its images.
  images: { tags: "mutable", maxImageCount: 10, forceDelete: true },`;

const productionFields = `images: { tags: "immutable", maxImageCount: 50 },
  gracefulShutdown: true,`;

function monitoring({ email }: Answers, { production }: Environment): string {
  if (!production) {
    return `// Alarms without recipients: they are shown on the dashboard only.
  monitoring: { alarms: { services: { latencyMs: 5000 } } },`;
  }
  if (email === undefined) {
    return `// Without recipients, the dashboard shows the alarms only: add email: ["..."], https or chat.
  monitoring: { alarms: {} },`;
  }
  return `// Each address confirms its subscription once.
  monitoring: { alarms: { email: [${JSON.stringify(email)}] } },`;
}

function postgres({ production }: Environment): string {
  return production
    ? `/** The database of each stage, with a standby in another zone and protection from deletion. */
export const postgres = {
  kind: "instance",
  instanceClass: "db.t4g.medium",
  storage: { allocatedGiB: 20, maximumGiB: 200 },
  backupRetentionDays: 14,
  logRetentionDays: 365,
} as const satisfies NonNullable<StageInput["data"]>["postgres"];

`
    : `/** The database of each stage: it holds test data only, and is deleted with the stage. */
export const postgres = {
  kind: "instance",
  instanceClass: "db.t4g.micro",
  multiAz: false,
  backupRetentionDays: 1,
  deletionProtection: false,
  finalSnapshot: false,
  applyImmediately: true,
} as const satisfies NonNullable<StageInput["data"]>["postgres"];

`;
}

/** Whether an ALB routes the requests, which counts the errors of each service. */
const hasAlb = ({ ingress }: Answers) => ingress === "http-api" || ingress === "alb";

function memory({ postgres }: Environment): string {
  return postgres ? "" : "// Without a database, the service in app/ uses one in memory.\n  ";
}

function developmentService(answers: Answers, environment: Environment): string {
  return `{
  kind: "web",
  ${memory(environment)}size: { cpu: 256, memoryMiB: 1024 },
  // Interruptions by Fargate Spot are acceptable here.
  capacity: { mode: "mixed", onDemandBase: 1 },
  scaling: { minimum: 1, maximum: 2, cpuPercent: 70 },
  ${hasAlb(answers) ? "// An ALB deregisters targets quickly.\n  deregistrationDelaySeconds: 5," : ""}
  // The image in app/ contains Node, but no curl.
  healthCheck: { container: { command: ["node", "dist/health-check.js"] } },
}`;
}

function productionService(answers: Answers, environment: Environment): string {
  const { ingress } = answers;
  const hasApi = ingress === "rest-api" || ingress === "http-api";
  const authorization = `// Only /health is open; all other requests have a token, which the API has verified.
  routes: [{ route: "GET /health", public: true }, "/*"],
  environment: { AUTH_MODE: "gateway" },`;
  return `{
  kind: "web",
  ${memory(environment)}size: { cpu: 512, memoryMiB: 1024 },
  scaling: { minimum: 3, maximum: 10, cpuPercent: 60, memoryPercent: 75 },
  ${hasApi ? authorization : ""}
  stopTimeoutSeconds: 60,
  ${hasApi ? "// Longer than the API's integration timeout.\n  deregistrationDelaySeconds: 35," : ""}
  // The image in app/ contains Node, but no curl.
  healthCheck: { container: { command: ["node", "dist/health-check.js"], intervalSeconds: 15 } },
  deployment: { strategy: "rolling", availabilityZoneRebalancing: true${hasAlb(answers) ? ", rollbackOnErrors: {}" : ""} },
  logRetentionDays: 365,
}`;
}
