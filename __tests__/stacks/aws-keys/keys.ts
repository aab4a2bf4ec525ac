import { z } from "zod";
import type { Synthesized } from "../../fixtures/synthesized";
import { awsKeys, replacedWhenChanged } from "./table";

type Terraform = Synthesized["json"];

/**
 * The key of each resource of a stack in AWS, by its address.
 *
 * @throws Error for a resource without an attribute of its key
 */
export function awsKeysOf(terraform: Terraform): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(terraform.resource).flatMap(([type, all]) =>
      Object.entries(all).flatMap(([name, resource]) => {
        const address = `${type}.${name}`;
        const key = awsKeyOf(type, resource, address, terraform);
        return key === undefined ? [] : [[address, key] as const];
      }),
    ),
  );
}

function awsKeyOf(
  type: string,
  resource: Readonly<Record<string, unknown>>,
  address: string,
  terraform: Terraform,
): string | undefined {
  const entry = awsKeys[type];
  if (entry === undefined || "none" in entry || "name_prefix" in resource) return undefined;
  const parts = entry.attributes.map((attribute) => {
    const path = attribute.replace("?", "");
    const value = path.split(".").reduce<unknown>(valueOf, resource);
    if (value === undefined && path === attribute) throw new Error(`${address} has no ${path}`);
    return value === undefined ? "" : partOf(path, resolved(value, terraform));
  });
  return [entry.namespace ?? type, ...parts].join(" | ");
}

/** A value as AWS compares it. */
function partOf(path: string, text: string): string {
  // ACM requires one record for a name, whatever the certificate.
  const host = /domain_validation_options.*== "([^"]+)"/.exec(text)?.[1];
  if (host !== undefined) return `validation of ${host}`;
  // Of the variables among the resources below one, API Gateway accepts one.
  return path === "path_part" ? text.replace(/^\{.*\}$/, "{}") : text;
}

const reference = /\$\{(data\.)?(aws_\w+)\.(\w+)\.(\w+)\}/g;

/**
 * A value with what is known of the references in it: the content of a data source, an attribute that is set, and what a
 * resource is replaced for, since AWS gives the replacement another id.
 */
function resolved(value: unknown, terraform: Terraform): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replace(reference, (whole, data: string | undefined, type: string, name: string, attribute: string) => {
    if (data !== undefined) return `${type} ${JSON.stringify(terraform.data[type]?.[name])} ${attribute}`;
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_domain_name
    const set = type === "aws_apigatewayv2_domain_name" && attribute === "id" ? "domain_name" : attribute;
    const resource = terraform.resource[type]?.[name];
    const known = resource?.[set];
    if (known !== undefined) return resolved(known, terraform);
    const fixed = (replacedWhenChanged[type] ?? []).map((each) => `${each}=${String(resource?.[each])}`);
    return [whole, ...fixed].join(" ");
  });
}

const object = z.record(z.string(), z.unknown());

function valueOf(value: unknown, name: string): unknown {
  return object.safeParse(value).data?.[name];
}
