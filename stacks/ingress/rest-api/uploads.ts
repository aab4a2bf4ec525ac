import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Uploads as UploadsConfig } from "../../../schema/ingress/uploads";
import { parseRoute } from "../../../schema/route";
import { partitionIn } from "../../arn";
import type { PrivateBucket } from "../../data/private-bucket";
import { ServiceRole } from "../../identity/service-role";
import { roleName } from "../../naming";
import type { RestSecurity } from "./authorizer";
import { declaredHeaders, parameter, type RestDocument } from "./document";
import { pathText } from "./routes";

export interface UploadsProps {
  readonly stage: StageConfig;
  readonly uploads: UploadsConfig;
  readonly bucket: PrivateBucket;
  readonly document: RestDocument;
  readonly security: RestSecurity;
}

/**
 * A `PUT` method that API Gateway stores in a bucket. It does not overwrite objects; WAF limits size and type.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html
 */
export class Uploads extends Construct {
  /** What must exist before the method is live. */
  public readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: UploadsProps) {
    super(scope, id);
    const { stage, uploads, bucket, document, security } = props;
    const writer = new ServiceRole(this, "writer", {
      name: roleName(stage, "uploads"),
      service: "apigateway.amazonaws.com",
      statements: [{ actions: ["s3:PutObject"], resources: [`${bucket.arn}/*`] }],
    });
    this.dependencies = [...writer.policies, ...bucket.accessControls];
    const { segments } = parseRoute(uploads.path);
    const key = segments.at(-1)?.replace(/[{}]/g, "") ?? "";
    document.addPath(pathText({ segments, greedy: false }), {
      put: {
        ...security.of(uploads),
        parameters: [parameter("path", key), parameter("header", "Content-Type")],
        responses: methodResponses(),
        "x-amazon-apigateway-request-validator": document.addValidator("uploads", true, false),
        "x-amazon-apigateway-integration": {
          type: "aws",
          httpMethod: "PUT",
          credentials: writer.arn,
          uri: `arn:${partitionIn(this)}:apigateway:${stage.region}:s3:path/${bucket.name}/{key}`,
          requestParameters: {
            "integration.request.path.key": `method.request.path.${key}`,
            "integration.request.header.Content-Type": "method.request.header.Content-Type",
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: callers must not overwrite each other's objects.
            "integration.request.header.If-None-Match": "'*'",
          },
          passthroughBehavior: "when_no_match",
          responses: integrationResponses(),
        },
      },
    });
  }
}

function methodResponses(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    responses.map(({ statusCode, message, headers = [] }) => [
      statusCode,
      { description: message, headers: declaredHeaders(headers) },
    ]),
  );
}

function integrationResponses(): object {
  return Object.fromEntries(
    responses.map(({ statusCode, selectionPattern = "default", message, headers = [] }) => [
      selectionPattern,
      {
        statusCode,
        responseParameters: Object.fromEntries(
          headers.map((name) => [`method.response.header.${name}`, `integration.response.header.${name}`]),
        ),
        // S3's messages contain the name of the bucket.
        responseTemplates: { "application/json": JSON.stringify({ message }) },
      },
    ]),
  );
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
