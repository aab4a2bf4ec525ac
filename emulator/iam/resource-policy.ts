import { object, objects, parseJson, text, type JsonObject } from "../wire/json";
import { assumedRole, type FindRole } from "./assumed-role";
import { lookUp, type Ask, type ModelledCall } from "./call";
import type { ResourcePolicy } from "./evaluate";
import { parsePolicy } from "./policy-document";
import { roleNameOf } from "./roles";

/** A read of the policy of a resource. */
interface PolicyRead {
  readonly model: string;
  readonly operation: string;
  readonly input: JsonObject;
  /** The policy in the output. @default - its member "Policy" */
  readonly of?: (output: JsonObject) => string;
}

/**
 * How the policy of a resource is read, by the service in its ARN, from the ARN and what follows the account in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const reads: Readonly<Record<string, (arn: string, resource: string) => PolicyRead | undefined>> = {
  dynamodb: (arn) => {
    const ResourceArn = arn.replace(/\/index\/.*$/, "");
    return { model: "dynamodb", operation: "GetResourcePolicy", input: { ResourceArn } };
  },
  ecr: (_, resource) => {
    const repositoryName = resource.replace(/^repository\//, "");
    return {
      model: "ecr",
      operation: "GetRepositoryPolicy",
      input: { repositoryName },
      of: ({ policyText }) => text(policyText),
    };
  },
  // The rules of a bus are named in its policy as well: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
  events: (_, resource) => {
    const [type, ...names] = resource.split("/");
    const [bus = "default"] = type === "event-bus" || names.length > 1 ? names : [];
    const has = type === "event-bus" || type === "rule";
    return has ? { model: "events", operation: "DescribeEventBus", input: { Name: bus } } : undefined;
  },
  kms: (arn, resource) =>
    resource.startsWith("key/")
      ? { model: "kms", operation: "GetKeyPolicy", input: { KeyId: arn, PolicyName: "default" } }
      : undefined,
  lambda: (_, resource) => {
    const [type, FunctionName = "", Qualifier] = resource.split(":");
    const input = { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
    return type === "function" ? { model: "lambda", operation: "GetPolicy", input, of: withPrincipals } : undefined;
  },
  s3: (_, resource) => {
    const [Bucket = ""] = resource.split("/");
    return { model: "s3", operation: "GetBucketPolicy", input: { Bucket } };
  },
  secretsmanager: (arn) => ({
    model: "secretsmanager",
    operation: "GetResourcePolicy",
    input: { SecretId: arn },
    of: ({ ResourcePolicy: policy }) => text(policy),
  }),
  sns: (arn, resource) => {
    // A subscription is governed by the policy of its topic.
    const TopicArn = resource.includes(":") ? arn.slice(0, arn.lastIndexOf(":")) : arn;
    return { model: "sns", operation: "GetTopicAttributes", input: { TopicArn }, of: inAttributes };
  },
  sqs: (arn, resource) => {
    const [, , , region = "", account = ""] = arn.split(":");
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
    const input = { QueueUrl, AttributeNames: ["Policy"] };
    return { model: "sqs", operation: "GetQueueAttributes", input, of: inAttributes };
  },
};

/** Reads the policies of the resources of a call, each once; those without a policy have none. */
export function resourcePolicies(
  call: ModelledCall,
  ask: Ask,
  findRole: FindRole,
): (arn: string) => Promise<ResourcePolicy | undefined> {
  const known = new Map<string, Promise<ResourcePolicy | undefined>>();
  const read = (arn: string) => (call.model === "sts" ? trustPolicyOf(call, findRole) : policyOf(arn, call, ask));
  return (arn) => {
    const policy = known.get(arn) ?? read(arn);
    known.set(arn, policy);
    return policy;
  };
}

async function policyOf(arn: string, { account, region }: ModelledCall, ask: Ask): Promise<ResourcePolicy | undefined> {
  const [, , service = "", ofRegion = "", ofAccount = "", ...resource] = arn.split(":");
  const elsewhere = (ofRegion !== "" && ofRegion !== region) || (ofAccount !== "" && ofAccount !== account);
  const found = elsewhere || /[*?]/.test(arn) ? undefined : reads[service]?.(arn, resource.join(":"));
  if (found === undefined) return undefined;
  const { model, operation, input, of = ({ Policy: policy }: JsonObject) => text(policy) } = found;
  const document = of((await lookUp(ask(model, operation, input))) ?? {});
  if (document === "") return undefined;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  return { name: "", document: parsePolicy(document), type: "resource-based policy", mustAllow: service === "kms" };
}

async function trustPolicyOf(call: ModelledCall, findRole: FindRole): Promise<ResourcePolicy | undefined> {
  const role = await assumedRole(call, findRole);
  if (role === undefined) return undefined;
  const account = roleNameOf(role.arn)?.account;
  return { name: "", document: role.trust, type: "role trust policy", mustAllow: true, account };
}

// moto keeps the ARN or the account that AddPermission names as it is; AWS puts it below "AWS":
// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
function withPrincipals({ Policy: policy }: JsonObject): string {
  if (text(policy) === "") return "";
  const document = parseJson(text(policy));
  const Statement = objects([document.Statement].flat()).map((statement) => {
    const { Principal: principal } = statement;
    const isNamed = typeof principal === "string" && principal !== "*";
    return isNamed ? { ...statement, Principal: { AWS: principal } } : statement;
  });
  return JSON.stringify({ ...document, Statement });
}

function inAttributes({ Attributes: attributes }: JsonObject): string {
  return text(object(attributes).Policy);
}
