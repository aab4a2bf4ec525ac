import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Uploads as UploadsConfig } from "../../../schema/ingress/uploads";
import { parseRoute } from "../../../schema/route";
import { partitionIn } from "../../arn";
import type { PrivateBucket } from "../../data/private-bucket";
import { ServiceRole } from "../../identity/service-role";
import { encodedJson } from "../../json";
import { roleName } from "../../naming";
import type { RestAuthorizer } from "./authorizer";
import type { RestRoutes } from "./routes";

export interface UploadsProps {
  readonly stage: StageConfig;
  readonly uploads: UploadsConfig;
  readonly bucket: PrivateBucket;
  readonly api: ApiGatewayRestApi;
  readonly routes: RestRoutes;
  readonly authorizer: RestAuthorizer;
}

/**
 * A `PUT` method that API Gateway stores in a bucket. It does not overwrite objects; WAF limits size and type.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html
 */
export class Uploads extends Construct {
  /** Configuration that a deployment copies, for its hash. */
  public readonly content: object[];
  public readonly resources: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: UploadsProps) {
    super(scope, id);
    const { stage, uploads, bucket, api, routes, authorizer } = props;
    const writer = new ServiceRole(this, "writer", {
      name: roleName(stage, "uploads"),
      service: "apigateway.amazonaws.com",
      statements: [{ actions: ["s3:PutObject"], resources: [`${bucket.arn}/*`] }],
    });
    const { segments } = parseRoute(uploads.path);
    const parameter = segments.at(-1)?.replace(/[{}]/g, "") ?? "";
    const partition = partitionIn(this);
    const validator = new ApiGatewayRequestValidator(this, "validator", {
      name: "uploads",
      restApiId: api.id,
      validateRequestParameters: true,
    });
    const common = { restApiId: api.id, resourceId: routes.resourceAt({ segments, greedy: false }), httpMethod: "PUT" };
    const method = {
      ...common,
      ...authorizer.of(uploads),
      requestValidatorId: validator.id,
      requestParameters: { [`method.request.path.${parameter}`]: true, "method.request.header.Content-Type": true },
    };
    const integration = {
      ...common,
      type: "AWS",
      integrationHttpMethod: "PUT",
      credentials: writer.arn,
      uri: `arn:${partition}:apigateway:${stage.region}:s3:path/${bucket.name}/{key}`,
      requestParameters: {
        "integration.request.path.key": `method.request.path.${parameter}`,
        "integration.request.header.Content-Type": "method.request.header.Content-Type",
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: callers must not overwrite each other's objects.
        "integration.request.header.If-None-Match": "'*'",
      },
      passthroughBehavior: "WHEN_NO_MATCH",
    };
    const restMethod = new ApiGatewayMethod(this, "method", method);
    const restIntegration = new ApiGatewayIntegration(this, "integration", {
      ...integration,
      dependsOn: [restMethod, ...writer.policies, ...bucket.accessControls],
    });
    this.content = [method, { ...integration, uri: restIntegration.uri }, responses];
    this.resources = [restMethod, restIntegration, ...this.respond(common, [restMethod, restIntegration])];
  }

  private respond(
    common: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
    dependsOn: ITerraformDependable[],
  ): ITerraformDependable[] {
    return responses.map(({ statusCode, selectionPattern, message, headers = [] }) => {
      const statusScope = new Construct(this, `status-${statusCode}`);
      const response = new ApiGatewayMethodResponse(statusScope, "method-response", {
        ...common,
        statusCode,
        responseParameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, true])),
        dependsOn,
      });
      return new ApiGatewayIntegrationResponse(statusScope, "integration-response", {
        ...common,
        statusCode,
        selectionPattern,
        responseParameters: Object.fromEntries(
          headers.map((name) => [`method.response.header.${name}`, `integration.response.header.${name}`]),
        ),
        // S3's messages contain the name of the bucket.
        responseTemplates: { "application/json": encodedJson({ message }) },
        dependsOn: [response],
      });
    });
  }
}

/**
 * Responses of the API by status code of S3. 409 and 412 mean that the key exists or is being written. The response
 * without a pattern is for all other status codes, such as redirects and denials.
 */
const responses: readonly UploadResponse[] = [
  { statusCode: "200", selectionPattern: "2\\d{2}", message: "Stored", headers: ["ETag"] },
  { statusCode: "409", selectionPattern: "409|412", message: "There is an upload of this name" },
  { statusCode: "400", selectionPattern: "400|411", message: "The upload was refused" },
  { statusCode: "502", message: "The upload could not be stored" },
];

interface UploadResponse {
  readonly statusCode: string;
  /** Status codes of S3. @default - all that no other pattern matches */
  readonly selectionPattern?: string;
  readonly message: string;
  /** Headers of S3's response to return. @default [] */
  readonly headers?: readonly string[];
}
