import { list, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";

/** What belongs to each type of VPC endpoint. */
export const endpoints: DocumentCheck = {
  service: "ec2",
  operations: ["CreateVpcEndpoint"],
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html",
  check: (input) => firstRefusal([gatewayService, gatewayInterfaces, interfaceRoutes], input),
};

// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
function gatewayService(input: JsonObject): Refusal | undefined {
  const [, service] = /^com\.amazonaws\.[\w-]+\.([\w.-]+)$/.exec(text(input.ServiceName)) ?? [];
  return service !== undefined && isGateway(input) && !["s3", "dynamodb", "s3express"].includes(service)
    ? invalid("Endpoint type (Gateway) does not match available service types ([Interface]).")
    : undefined;
}

function gatewayInterfaces(input: JsonObject): Refusal | undefined {
  if (!isGateway(input)) return undefined;
  if (list(input.SubnetIds).length > 0) {
    return invalid("Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.");
  }
  return list(input.SecurityGroupIds).length > 0
    ? invalid("Security group IDs are only supported for Interface type VPC Endpoints.")
    : undefined;
}

function interfaceRoutes(input: JsonObject): Refusal | undefined {
  return !isGateway(input) && list(input.RouteTableIds).length > 0
    ? invalid("Route table IDs are only supported for Gateway type VPC Endpoints.")
    : undefined;
}

/** An endpoint is a gateway unless its type says otherwise. */
function isGateway({ VpcEndpointType }: JsonObject): boolean {
  return ["", "Gateway"].includes(text(VpcEndpointType));
}

function invalid(message: string): Refusal {
  return { code: "InvalidParameter", message };
}
