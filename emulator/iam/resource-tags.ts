import { list, object, text, type JsonObject, type JsonValue } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import { stringsAt, tagsIn } from "./input";

/** Tags by key. */
export type TagMap = Readonly<Record<string, string>>;

/** An operation that returns the tags of a resource; undefined for one that has none. */
type TagLookUp = (arn: Arn, ask: Ask) => Promise<JsonValue>;

interface Arn {
  readonly arn: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What follows the account, such as "cluster/prod". */
  readonly resource: string;
}

/** Takes the ARN in a member; the output has the tags in any member for tags. */
const byArn =
  (model: string, operation: string, member: string): TagLookUp =>
  async ({ arn }, ask) =>
    await lookUp(ask(model, operation, { [member]: arn }));

/**
 * Operations that return tags, by service in ARNs. Resources of Route 53 and objects of S3 have no tags in conditions;
 * buckets have them only where attribute-based access control is enabled:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
const lookUps: Readonly<Record<string, TagLookUp>> = {
  acm: byArn("acm", "ListTagsForCertificate", "CertificateArn"),
  apigateway: ofApiGateway,
  backup: byArn("backup", "ListTags", "ResourceArn"),
  budgets: byArn("budgets", "ListTagsForResource", "ResourceARN"),
  ce: byArn("ce", "ListTagsForResource", "ResourceArn"),
  cloudwatch: byArn("cloudwatch", "ListTagsForResource", "ResourceARN"),
  codedeploy: byArn("codedeploy", "ListTagsForResource", "ResourceArn"),
  "cognito-idp": async ({ resource }, ask) => {
    const found = await lookUp(ask("cognito-idp", "DescribeUserPool", { UserPoolId: afterSlash(resource) }));
    return found?.UserPool;
  },
  // Items and indexes belong to their table.
  dynamodb: async ({ arn }, ask) =>
    lookUp(ask("dynamodb", "ListTagsOfResource", { ResourceArn: arn.replace(/(:table\/[^/]+)\/.*$/, "$1") })),
  ec2: ofEc2,
  ecr: byArn("ecr", "ListTagsForResource", "resourceArn"),
  ecs: byArn("ecs", "ListTagsForResource", "resourceArn"),
  elasticache: byArn("elasticache", "ListTagsForResource", "ResourceName"),
  elasticfilesystem: async ({ resource }, ask) =>
    lookUp(ask("efs", "ListTagsForResource", { ResourceId: afterSlash(resource) })),
  elasticloadbalancing: async ({ arn }, ask) => {
    const found = await lookUp(ask("elbv2", "DescribeTags", { ResourceArns: [arn] }));
    return list(found?.TagDescriptions)[0];
  },
  es: byArn("es", "ListTags", "ARN"),
  events: byArn("events", "ListTagsForResource", "ResourceARN"),
  firehose: async ({ resource }, ask) =>
    lookUp(ask("firehose", "ListTagsForDeliveryStream", { DeliveryStreamName: afterSlash(resource) })),
  iam: ofIam,
  kinesis: async ({ resource }, ask) =>
    lookUp(ask("kinesis", "ListTagsForStream", { StreamName: afterSlash(resource) })),
  kms: async ({ arn, resource }, ask) =>
    resource.startsWith("key/") ? lookUp(ask("kms", "ListResourceTags", { KeyId: arn })) : undefined,
  // Versions and aliases have no tags: https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
  lambda: async ({ arn }, ask) =>
    lookUp(ask("lambda", "ListTags", { Resource: arn.replace(/(:function:[^:]+):.*$/, "$1") })),
  // Log streams belong to their log group.
  logs: async ({ arn }, ask) =>
    lookUp(ask("logs", "ListTagsForResource", { resourceArn: arn.replace(/(:log-group:[^:]+):.*$/, "$1") })),
  rds: byArn("rds", "ListTagsForResource", "ResourceName"),
  scheduler: byArn("scheduler", "ListTagsForResource", "ResourceArn"),
  secretsmanager: byArn("secretsmanager", "DescribeSecret", "SecretId"),
  servicediscovery: byArn("servicediscovery", "ListTagsForResource", "ResourceARN"),
  sns: byArn("sns", "ListTagsForResource", "ResourceArn"),
  sqs: async ({ resource, account }, ask) => {
    const found = await lookUp(ask("sqs", "GetQueueUrl", { QueueName: resource, QueueOwnerAWSAccountId: account }));
    return found && lookUp(ask("sqs", "ListQueueTags", { QueueUrl: found.QueueUrl }));
  },
  ssm: ofSystemsManager,
  states: byArn("stepfunctions", "ListTagsForResource", "resourceArn"),
  synthetics: byArn("synthetics", "ListTagsForResource", "ResourceArn"),
  wafv2: async ({ arn }, ask) =>
    (await lookUp(ask("wafv2", "ListTagsForResource", { ResourceARN: arn })))?.TagInfoForResource,
  xray: byArn("xray", "ListTagsForResource", "ResourceARN"),
};

/**
 * Reads the tags of resources by their ARNs, each once. What does not exist yet, and what lies in another account or
 * region than the call, has no tags.
 */
export function tagReader({ account, region }: ModelledCall, ask: Ask): (arn: string) => Promise<TagMap> {
  const known = new Map<string, Promise<TagMap>>();
  const read = async (arn: string): Promise<TagMap> => {
    const [, , service = "", ofRegion = "", ofAccount = "", ...rest] = arn.split(":");
    const elsewhere = (ofRegion !== "" && ofRegion !== region) || (ofAccount !== "" && ofAccount !== account);
    if (arn.includes("*") || arn.includes("?") || elsewhere) return {};
    const parsed = { arn, service, region: ofRegion, account: ofAccount, resource: rest.join(":") };
    return tagsIn(object(await lookUps[service]?.(parsed, ask)));
  };
  return (arn) => {
    const tags = known.get(arn) ?? read(arn);
    known.set(arn, tags);
    return tags;
  };
}

/** Reads of API Gateway whose output has tags, with the member that names the resource, by the first part of a path. */
const ofApiGatewayKinds: Readonly<Record<string, readonly [model: string, operation: string, member: string]>> = {
  apikeys: ["apigateway", "GetApiKey", "apiKey"],
  apis: ["apigatewayv2", "GetApi", "ApiId"],
  clientcertificates: ["apigateway", "GetClientCertificate", "clientCertificateId"],
  domainnames: ["apigatewayv2", "GetDomainName", "DomainName"],
  restapis: ["apigateway", "GetRestApi", "restApiId"],
  usageplans: ["apigateway", "GetUsagePlan", "usagePlanId"],
  // Of REST APIs; those of HTTP APIs have the same path.
  vpclinks: ["apigateway", "GetVpcLink", "vpcLinkId"],
};

// The parts of a REST API, a domain name or a usage plan inherit its tags, and stages have their own in addition:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
async function ofApiGateway({ resource }: Arn, ask: Ask): Promise<JsonObject> {
  const [, kind = "", id = "", child = "", stage = ""] = resource.split("/");
  const [model = "", operation = "", member = ""] = ofApiGatewayKinds[kind] ?? [];
  if (model === "" || id === "") return {};
  const isStage = child === "stages" && stage !== "";
  const tags = async (...asked: Parameters<Ask>) => tagsIn((await lookUp(ask(...asked))) ?? {});
  if (kind === "apis") {
    if (isStage) return { tags: await tags("apigatewayv2", "GetStage", { ApiId: id, StageName: stage }) };
    return child === "" ? { tags: await tags(model, operation, { [member]: id }) } : {};
  }
  const ofLink = kind === "vpclinks" ? await tags("apigatewayv2", "GetVpcLink", { VpcLinkId: id }) : {};
  const inherited = await tags(model, operation, { [member]: id });
  const own = isStage ? await tags("apigateway", "GetStage", { restApiId: id, stageName: stage }) : {};
  return { tags: { ...ofLink, ...inherited, ...own } };
}

async function ofEc2({ resource }: Arn, ask: Ask): Promise<JsonValue> {
  const [type = "", id = ""] = resource.split("/");
  // The ARN of a key pair has its name, its tags its id.
  const pair = type === "key-pair" ? await lookUp(ask("ec2", "DescribeKeyPairs", { KeyNames: [id] })) : undefined;
  if (pair) return list(pair.KeyPairs)[0];
  return lookUp(ask("ec2", "DescribeTags", { Filters: [{ Name: "resource-id", Values: [id] }] }));
}

/** Operations of IAM that list tags, with the member that names the resource, by the first part of its ARN. */
const ofIamTypes: Readonly<Record<string, readonly [operation: string, member: string]>> = {
  "instance-profile": ["ListInstanceProfileTags", "InstanceProfileName"],
  "oidc-provider": ["ListOpenIDConnectProviderTags", "OpenIDConnectProviderArn"],
  policy: ["ListPolicyTags", "PolicyArn"],
  role: ["ListRoleTags", "RoleName"],
  "saml-provider": ["ListSAMLProviderTags", "SAMLProviderArn"],
  "server-certificate": ["ListServerCertificateTags", "ServerCertificateName"],
  user: ["ListUserTags", "UserName"],
};

async function ofIam({ arn, resource }: Arn, ask: Ask): Promise<JsonValue> {
  const [operation, member = ""] = ofIamTypes[resource.split("/")[0] ?? ""] ?? [];
  if (operation === undefined) return undefined;
  return lookUp(ask("iam", operation, { [member]: member.endsWith("Arn") ? arn : afterSlash(resource) }));
}

async function ofSystemsManager({ resource }: Arn, ask: Ask): Promise<JsonValue> {
  const [type = "", ...name] = resource.split("/");
  const types: Readonly<Record<string, string>> = { document: "Document", parameter: "Parameter" };
  if (types[type] === undefined) return undefined;
  const of = (id: string) => lookUp(ask("ssm", "ListTagsForResource", { ResourceType: types[type], ResourceId: id }));
  // The ARN of "/shop/url" and of "shop" have one slash after the type.
  const found = type === "parameter" && name.length > 1 ? await of(`/${name.join("/")}`) : undefined;
  return stringsAt(found, "TagList.Key").length > 0 ? found : of(name.join("/"));
}

function afterSlash(resource: string): string {
  return text(resource.split("/").at(-1));
}
