import { documentIn } from "../gaps/api-gateway/import/document";
import { object, objects, text } from "../wire/json";
import { partitionOf, type ModelledCall, type Requirement } from "./call";
import { tagsIn } from "./input";

/**
 * What a call to API Gateway needs: the method of the request on its path.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-using-iam-policies-to-create-and-manage-apis.html
 */
export function apiGatewayRequirements(call: ModelledCall): Requirement[] {
  const path = pathOf(call);
  const needed = [{ action: `apigateway:${call.method.toUpperCase()}`, resources: [arnOf(call, path)] }];
  return [...needed, ...restricted(call, path), ...tagging(call, path)];
}

// Version 2 of the API has the prefix "/v2", which its ARNs lack; the ARN after "/tags/" is encoded.
function pathOf({ path }: ModelledCall): string {
  const plain = path.replace(/^\/v2(?=\/)/, "").replace(/\/$/, "");
  const [, tagged] = /^\/tags\/(.+)$/.exec(plain) ?? [];
  return tagged === undefined ? plain : `/tags/${encodeURIComponent(decodeURIComponent(tagged))}`;
}

/**
 * Additional permissions on sensitive settings.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
function restricted(call: ModelledCall, path: string): Requirement[] {
  const { model, operation, input } = call;
  const patches = objects(input.patchOperations).map(({ path: changed }) => text(changed));
  const need = (action: string, resource: string) => [
    { action: `apigateway:${action}`, resources: [arnOf(call, resource)] },
  ];
  if (model === "apigateway" && operation === "CreateRestApi" && text(input.policy) !== "") {
    return need("UpdateRestApiPolicy", "/restapis/*");
  }
  if (/^(Put|Import)RestApi$/.test(operation) && documentIn(input)?.["x-amazon-apigateway-policy"] != null) {
    return need("UpdateRestApiPolicy", operation === "PutRestApi" ? path : "/restapis/*");
  }
  if (operation === "UpdateRestApi" && patches.some((each) => each.startsWith("/policy"))) {
    return need("UpdateRestApiPolicy", path);
  }
  if (operation === "CreateDomainName" && text(object(input.mutualTlsAuthentication).truststoreUri) !== "") {
    return need("AddCertificateToDomain", "/domainnames/*");
  }
  return [];
}

/**
 * Tags of something new. Of a REST API's parts they are written under "/tags" with the ARN of what is new, whose id is not
 * known yet: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
 * Stages of HTTP APIs and VPC links need apigateway:TagResource, which AWS's published list lacks:
 * https://github.com/hashicorp/terraform-provider-aws/issues/20634
 */
function tagging(call: ModelledCall, path: string): Requirement[] {
  const { model, operation, input } = call;
  if (!operation.startsWith("Create") || Object.keys(tagsIn(input)).length === 0) return [];
  if (model === "apigateway") {
    const created = encodeURIComponent(arnOf(call, `${path}/*`));
    return [{ action: "apigateway:PUT", resources: [arnOf(call, `/tags/${created}`)] }];
  }
  const tagged = operation === "CreateStage" || operation === "CreateVpcLink";
  return tagged ? [{ action: "apigateway:TagResource", resources: [arnOf(call, path)] }] : [];
}

function arnOf({ region }: ModelledCall, path: string): string {
  return `arn:${partitionOf(region)}:apigateway:${region}::${path}`;
}
