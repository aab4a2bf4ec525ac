import { kindOf } from "../actions";
import { isUnknown, valueAt } from "../fields";
import { nameOf, type OutputChange, type Plan, type ResourceChange } from "../plan";

/** An address or identifier that others use, and that a plan changes. */
export interface AddressChange {
  /** The output, or the address of the resource with its field. */
  readonly name: string;
  /** What uses it. */
  readonly meaning: string;
  /** @default before - it is new; @default after - it no longer exists */
  readonly before?: string;
  readonly after?: string;
}

const knownAfterApply = "(known after apply)";

/** Outputs that others use, by the end of their names. Those that change with every revision of a task are left out. */
export const outputMeanings: readonly (readonly [name: RegExp, meaning: string])[] = [
  [/^api_url$/, "the URL of the API"],
  [/^user_pool_id$|^user_pool_client_id$/, "what clients sign in with"],
  [/_host$/, "the endpoint of the database"],
  [/_bucket$/, "the name of a bucket"],
  [/_topic_arn$/, "the ARN of a topic"],
  [/_queue_url$/, "the URL of a queue"],
  [/_secret_arn$/, "the ARN of a secret"],
  [/_repository_url$/, "where images are pushed"],
  [/^cluster_name$|_service_name$/, "what deployments name"],
];

/** A field that others use outside of the stack. */
export interface AddressField {
  readonly field: string;
  readonly meaning: string;
  /** Whether a new resource is reported, such as an address that others must allow. @default false */
  readonly whenCreated?: boolean;
}

/** The fields that others use, by type of resource. */
export const addressFields: Readonly<Record<string, AddressField>> = {
  aws_lb: { field: "dns_name", meaning: "the name of the load balancer" },
  aws_eip: { field: "public_ip", meaning: "the address of egress, which others allow", whenCreated: true },
  aws_api_gateway_rest_api: { field: "id", meaning: "the default address of the API" },
  aws_apigatewayv2_api: { field: "api_endpoint", meaning: "the default address of the API" },
  aws_api_gateway_domain_name: { field: "regional_domain_name", meaning: "what records in other zones name" },
  aws_apigatewayv2_domain_name: {
    field: "domain_name_configuration.target_domain_name",
    meaning: "what records in other zones name",
  },
  aws_route53_record: { field: "name", meaning: "a name of the API" },
  aws_sqs_queue: { field: "url", meaning: "the URL of the queue" },
  aws_sns_topic: { field: "arn", meaning: "the ARN of the topic" },
  aws_secretsmanager_secret: { field: "arn", meaning: "the ARN of the secret" },
  aws_s3_bucket: { field: "bucket", meaning: "the name of the bucket" },
  aws_dynamodb_table: { field: "name", meaning: "the name of the table" },
  aws_kms_key: { field: "arn", meaning: "the ARN of the key" },
  aws_cognito_user_pool: { field: "id", meaning: "the ID and issuer of the user pool" },
  aws_cognito_user_pool_client: { field: "id", meaning: "the ID of the app client" },
  aws_cognito_user_pool_domain: { field: "domain", meaning: "the address of the sign-in pages" },
  aws_db_instance: { field: "address", meaning: "the endpoint of the database" },
  aws_rds_cluster: { field: "endpoint", meaning: "the endpoint of the database" },
  aws_db_proxy: { field: "endpoint", meaning: "the endpoint of the proxy" },
  aws_elasticache_replication_group: { field: "primary_endpoint_address", meaning: "the endpoint of the cache" },
  aws_elasticache_serverless_cache: { field: "endpoint.address", meaning: "the endpoint of the cache" },
  aws_efs_file_system: { field: "id", meaning: "the ID of the file system" },
  aws_ecr_repository: { field: "repository_url", meaning: "where images are pushed" },
};

/** The addresses that a plan changes: outputs first. */
export function addressForecast(plan: Pick<Plan, "resource_changes" | "output_changes">): readonly AddressChange[] {
  const outputs = Object.entries(plan.output_changes).flatMap(([name, change]) => outputChanges(name, change));
  const isFirst = !plan.resource_changes.some((resource) => resource.change.before);
  return [...outputs, ...(isFirst ? [] : plan.resource_changes.flatMap(fieldChanges))];
}

function outputChanges(name: string, output: OutputChange): AddressChange[] {
  const meaning = outputMeanings.find(([pattern]) => pattern.test(name))?.[1];
  // A new output has no users yet.
  if (meaning === undefined || output.before === null || output.before === undefined) return [];
  const isSecret = output.before_sensitive === true || output.after_sensitive === true;
  const shown = (value: unknown) => (isSecret ? "(sensitive)" : String(value));
  if (output.actions.includes("delete") && !output.actions.includes("create")) {
    return [{ name, meaning, before: shown(output.before) }];
  }
  const after = output.after_unknown === true ? undefined : output.after;
  if (after === output.before) return [];
  return [{ name, meaning, before: shown(output.before), after: after === undefined ? knownAfterApply : shown(after) }];
}

function fieldChanges(resource: ResourceChange): AddressChange[] {
  const address = addressFields[resource.type];
  const kind = kindOf(resource);
  if (address === undefined || kind === "none" || kind === "forget" || resource.deposed !== undefined) return [];
  const { field, meaning, whenCreated = false } = address;
  if (kind === "create" && !whenCreated) return [];
  const name = `${nameOf(resource)} (${field})`;
  const before = textAt(resource.change.before, field);
  const isOpen =
    isUnknown(resource, field) || (kind === "create" && textAt(resource.change.after, field) === undefined);
  const after = isOpen ? knownAfterApply : textAt(resource.change.after, field);
  // The provider does not know that a value of AWS stays during an update.
  if (before === after || (kind === "update" && isOpen) || (before === undefined && kind !== "create")) return [];
  return [
    {
      name,
      meaning,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

function textAt(values: unknown, field: string): string | undefined {
  const value = valueAt(values, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}
