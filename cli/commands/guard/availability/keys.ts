import { isCreated } from "../actions";
import { canonical, isUnknown, valueAt } from "../fields";
import type { Plan, ResourceChange } from "../plan";

/** The fields by which AWS identifies what a resource describes. Types of one kind share their keys. */
const keys: Readonly<Record<string, readonly [kind: string, ...fields: string[]]>> = {
  aws_lb_listener: ["listener", "load_balancer_arn", "port"],
  aws_lb_listener_rule: ["listener rule", "listener_arn", "condition"],
  aws_apigatewayv2_route: ["route", "api_id", "route_key"],
  aws_api_gateway_resource: ["path", "rest_api_id", "parent_id", "path_part"],
  aws_api_gateway_method: ["method", "rest_api_id", "resource_id", "http_method"],
  aws_api_gateway_domain_name: ["domain name", "domain_name"],
  aws_apigatewayv2_domain_name: ["domain name", "domain_name"],
  aws_api_gateway_base_path_mapping: ["mapping", "domain_name"],
  aws_apigatewayv2_api_mapping: ["mapping", "domain_name"],
  aws_route53_record: ["record", "zone_id", "name", "type", "set_identifier"],
  aws_route: ["route of the network", "route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block"],
  aws_ecs_service: ["service", "cluster", "name"],
  aws_cognito_user_pool_domain: ["user pool domain", "domain"],
};

/** The new resource of a plan that has the AWS key of a deleted one, at another address. */
export function successorOf(deleted: ResourceChange, plan: Pick<Plan, "resource_changes">): ResourceChange | undefined {
  const [kind, ...fields] = keys[deleted.type] ?? [];
  if (kind === undefined) return undefined;
  return plan.resource_changes.find((created) => {
    if (!isCreated(created) || keys[created.type]?.[0] !== kind) return false;
    const known = fields.filter((field) => !isUnknown(created, field));
    return known.length > 0 && known.every((field) => isSameField(deleted, created, field));
  });
}

function isSameField(deleted: ResourceChange, created: ResourceChange, field: string): boolean {
  const value = ({ change }: ResourceChange, side: "before" | "after") => {
    const values = change[side];
    const all = field === "condition" && typeof values === "object" && values !== null && "condition" in values;
    return canonical(withoutNulls(all ? values.condition : valueAt(values, field)));
  };
  return value(deleted, "before") === value(created, "after");
}

/** The state has null and empty lists where a plan has nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const entries = Object.entries(value).filter(
    ([, part]) => part !== null && !(Array.isArray(part) && part.length === 0),
  );
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNulls(part)]));
}
