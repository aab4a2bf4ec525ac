import { text, type JsonObject } from "../wire/json";
import { many } from "./policy-document";

const partitions = new Set([
  "*",
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
]);

/** Beginnings of the last part of IAM's ARNs. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const iamPaths = [
  ...["user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/", "policy/"],
  ...["sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/"],
];

/**
 * What is wrong with the ARNs in a statement, in IAM's words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceProblem(statement: JsonObject): string | undefined {
  for (const resource of [...many(statement.Resource), ...many(statement.NotResource)].map(text)) {
    if (resource === "*") continue;
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
    if (resource.startsWith("execute-api:/")) continue;
    if (!resource.includes(":")) return `Resource ${resource} must be in ARN format or "*".`;
    const [, partition = "", service, ...rest] = resource.split(":");
    const [region = "*", account = "*", ...last] = rest;
    const path = last.join(":") || "*";
    if (!partitions.has(partition) && !partition.includes("${")) {
      return `Partition "${partition}" is not valid for resource "arn:${partition}:${service ?? "*"}:${region}:${account}:${path}".`;
    }
    if (service === undefined) return "Resource vendor must be fully qualified and cannot contain regexes.";
    if (service === "iam" && rest.length > 0 && region !== "" && region !== "*") {
      return `IAM resource ${resource} cannot contain region information.`;
    }
    if (
      service === "s3" &&
      rest.length > 0 &&
      region !== "" &&
      region !== "*" &&
      !/^(accesspoint|storage-lens|job|access-grants)/.test(path)
    ) {
      return `Resource ${resource} can not contain region information.`;
    }
    if (
      service === "iam" &&
      !path.startsWith("*") &&
      path !== "root" &&
      !iamPaths.some((each) => path.startsWith(each))
    ) {
      return `IAM resource path must either be "*" or start with ${iamPaths.join(", ")}.`;
    }
  }
  return undefined;
}
