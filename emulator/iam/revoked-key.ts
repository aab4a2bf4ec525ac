import type { ModelledCall } from "./call";
import type { Refusal } from "./refusal";

const invalidToken = "The security token included in the request is invalid.";

/**
 * The error of a call with an access key that was deleted or made inactive, by the protocol of the service.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function revokedKey({ protocol }: Pick<ModelledCall, "protocol">): Refusal {
  switch (protocol) {
    case "ec2":
      return {
        code: "AuthFailure",
        message: "AWS was not able to validate the provided access credentials",
        status: 401,
      };
    case "rest-xml":
      return {
        code: "InvalidAccessKeyId",
        message: "The AWS Access Key Id you provided does not exist in our records.",
        status: 403,
      };
    case "query":
      return { code: "InvalidClientTokenId", message: invalidToken, status: 403 };
    default:
      return { code: "UnrecognizedClientException", message: invalidToken, status: protocol === "json" ? 400 : 403 };
  }
}
