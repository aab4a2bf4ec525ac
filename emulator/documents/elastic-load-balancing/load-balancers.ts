import { list, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { loadBalancerAttributes, wrongAttribute } from "./attributes";

/** Name, subnets and security groups of a load balancer. */
export const loadBalancers: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateLoadBalancer"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
  // Classic Load Balancers, which are created by an action of the same name, have a `LoadBalancerName`.
  check: (input) => (isSet(input.LoadBalancerName) ? undefined : firstRefusal([name, subnets, gateway], input)),
};

/** Values of a load balancer's attributes. */
export const loadBalancerValues: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["ModifyLoadBalancerAttributes"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
  check: ({ Attributes }) => wrongAttribute(Attributes, loadBalancerAttributes),
};

/** The refusal of a request to Elastic Load Balancing. */
export function validationError(message: string): Refusal {
  return { code: "ValidationError", message };
}

function name({ Name }: JsonObject): Refusal | undefined {
  const written = text(Name);
  if (written.length > 32) {
    return validationError(`The load balancer name '${written}' cannot be longer than '32' characters`);
  }
  if (!/^[A-Za-z0-9-]+$/.test(written)) {
    return validationError(
      `The load balancer name '${written}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  }
  if (written.startsWith("-") || written.endsWith("-")) {
    return validationError(`The load balancer name '${written}' cannot begin or end with '-'`);
  }
  return written.startsWith("internal-")
    ? validationError(`The load balancer name '${written}' cannot begin with 'internal-'`)
    : undefined;
}

function subnets({ Subnets, SubnetMappings, Type }: JsonObject): Refusal | undefined {
  const mapped = objects(SubnetMappings).map(({ SubnetId }) => text(SubnetId));
  const ids = list(Subnets).map(text);
  if (mapped.length > 0 && ids.length > 0) {
    return validationError("You must specify either subnets or subnet mappings, but not both");
  }
  const all = [...mapped, ...ids];
  if (firstDuplicate(all) !== undefined) {
    return {
      code: "InvalidConfigurationRequest",
      message: "A subnet cannot be specified more than once",
    };
  }
  const isApplication = [undefined, null, "", "application"].some((type) => type === Type);
  return isApplication && all.length < 2
    ? validationError("At least two subnets in two different Availability Zones must be specified")
    : undefined;
}

function gateway({ Type, SecurityGroups, Scheme }: JsonObject): Refusal | undefined {
  if (Type !== "gateway") return undefined;
  if (list(SecurityGroups).length > 0) {
    return {
      code: "InvalidConfigurationRequest",
      message: "Security groups are not supported for load balancers with type 'gateway'",
    };
  }
  return Scheme === "internet-facing"
    ? {
        code: "InvalidConfigurationRequest",
        message: "Scheme 'internet-facing' is not supported for load balancers with type 'gateway'",
      }
    : undefined;
}
