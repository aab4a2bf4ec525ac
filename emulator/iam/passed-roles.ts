import { documentIn } from "../gaps/api-gateway/import/document";
import { objects, text, type JsonObject } from "../wire/json";
import { iamArnIn, lookUp, type Ask, type ModelledCall, type Requirement } from "./call";
import { allStrings, stringsAt } from "./input";

/**
 * The services that operations pass roles to, by model; an operation that is not listed passes them to "*".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const receivers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  apigateway: { "*": "apigateway.amazonaws.com" },
  apigatewayv2: { "*": "apigateway.amazonaws.com" },
  "application-autoscaling": { "*": "application-autoscaling.amazonaws.com" },
  backup: { "*": "backup.amazonaws.com" },
  "cognito-idp": { "*": "cognito-idp.amazonaws.com" },
  codedeploy: { "*": "codedeploy.amazonaws.com" },
  ec2: { CreateFlowLogs: "vpc-flow-logs.amazonaws.com" },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
  ecs: {
    RegisterTaskDefinition: "ecs-tasks.amazonaws.com",
    RunTask: "ecs-tasks.amazonaws.com",
    StartTask: "ecs-tasks.amazonaws.com",
    "*": "ecs.amazonaws.com",
  },
  events: { "*": "events.amazonaws.com" },
  firehose: { "*": "firehose.amazonaws.com" },
  lambda: { "*": "lambda.amazonaws.com" },
  logs: { "*": "logs.amazonaws.com" },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
  rds: {
    CreateDBInstance: "monitoring.rds.amazonaws.com",
    ModifyDBInstance: "monitoring.rds.amazonaws.com",
    CreateDBCluster: "monitoring.rds.amazonaws.com",
    ModifyDBCluster: "monitoring.rds.amazonaws.com",
    "*": "rds.amazonaws.com",
  },
  s3: { PutBucketReplication: "s3.amazonaws.com" },
  scheduler: { "*": "scheduler.amazonaws.com" },
  sns: { "*": "sns.amazonaws.com" },
  stepfunctions: { "*": "states.amazonaws.com" },
  synthetics: { "*": "lambda.amazonaws.com" },
};

/** Operations that take an instance profile, whose role they pass to EC2. */
const withProfile = ["AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation", "RunInstances"];

/** The permissions to pass the roles that a call hands to a service. */
export async function passedRoles(call: ModelledCall, ask: Ask): Promise<Requirement[]> {
  const { model, operation } = call;
  const service = receivers[model]?.[operation] ?? receivers[model]?.["*"];
  const ofProfile = (model === "ec2" && withProfile.includes(operation)) || operation === "AddRoleToInstanceProfile";
  const roles = ofProfile
    ? await rolesOfProfile(call, ask)
    : [...rolesIn(call.input), ...rolesOfDocument(call), ...(await rolesOfTask(call, ask))];
  const receiver = ofProfile ? "ec2.amazonaws.com" : service;
  if (receiver === undefined) return [];
  return [...new Set(roles)].map((role) => ({
    action: "iam:PassRole",
    resources: [role],
    context: { "iam:PassedToService": receiver },
  }));
}

/** The roles of integrations in the document of PutRestApi and ImportRestApi. */
function rolesOfDocument({ model, operation, input }: ModelledCall): string[] {
  return model === "apigateway" && /^(Put|Import)RestApi$/.test(operation) ? rolesIn(documentIn(input) ?? {}) : [];
}

// A service-linked role is created for the service, not passed to it.
function rolesIn(input: JsonObject): string[] {
  return allStrings(input).filter((each) => /^arn:[^:]+:iam::\d{12}:role\/(?!aws-service-role\/)[^*\s]+$/.test(each));
}

async function rolesOfProfile(call: ModelledCall, ask: Ask): Promise<string[]> {
  const { operation, input } = call;
  if (operation === "AddRoleToInstanceProfile") {
    const { Role: role } = (await lookUp(ask("iam", "GetRole", { RoleName: input.RoleName }))) ?? {};
    const [arn = iamArnIn(call, `role/${text(input.RoleName)}`)] = stringsAt(role, "Arn");
    return [arn];
  }
  const [arn] = stringsAt(input, "IamInstanceProfile.Arn");
  const name = arn?.slice(arn.lastIndexOf("/") + 1) ?? stringsAt(input, "IamInstanceProfile.Name")[0];
  if (name === undefined) return [];
  const profile = await lookUp(ask("iam", "GetInstanceProfile", { InstanceProfileName: name }));
  return stringsAt(profile, "InstanceProfile.Roles.Arn");
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html: the roles of a task are those of
// its task definition, unless the call overrides them.
async function rolesOfTask({ model, operation, input }: ModelledCall, ask: Ask): Promise<string[]> {
  if (model !== "ecs" || (operation !== "RunTask" && operation !== "StartTask")) return [];
  const definition = await lookUp(ask("ecs", "DescribeTaskDefinition", { taskDefinition: input.taskDefinition }));
  const roles = ["taskRoleArn", "executionRoleArn"].filter(
    (role) => stringsAt(input, `overrides.${role}`).length === 0,
  );
  return roles.flatMap((role) => objects([definition?.taskDefinition]).flatMap((each) => stringsAt(each, role)));
}
