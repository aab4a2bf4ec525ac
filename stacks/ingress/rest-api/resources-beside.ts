import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { TerraformStack } from "cdktf";
import type { IValidation } from "constructs";
import { ReadableStack } from "../../readable-stack";

/** Resource types that are parts of a document. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_rest_api */
const parts = [
  "aws_api_gateway_resource",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_authorizer",
];

/** Refuses parts of a REST API beside its document, as the next change of the document would erase them. */
export class ResourcesBeside implements IValidation {
  constructor(private readonly api: ApiGatewayRestApi) {}

  public validate(): string[] {
    const stack = TerraformStack.of(this.api);
    const types = stack instanceof ReadableStack ? entriesOf(stack.render().resource) : [];
    const reference = `aws_api_gateway_rest_api.${this.api.friendlyUniqueId}.`;
    return types
      .filter(([type]) => parts.includes(type))
      .flatMap(([type, all]) => entriesOf(all).map(([id, block]) => ({ address: `${type}.${id}`, block })))
      .filter(({ block }) => JSON.stringify(block).includes(reference))
      .map(
        ({ address }) =>
          `${address} is a part of a REST API that is one document, which would erase it; remove it, and add its path with stack.ingress.api.addPath`,
      );
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
