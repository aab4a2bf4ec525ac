import { reference, referenceV2 } from "../../rules/api-gateway/reference";
import { list, text, type JsonObject } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet } from "../values";
import { badRequest, httpCheck, restCheck } from "./request";

/** Name and target of the VPC links of REST APIs. */
export const vpcLinks = restCheck(["CreateVpcLink", "UpdateVpcLink"], `${reference}/API_CreateVpcLink.html`, [
  ({ name }) => (name === "" ? badRequest("Name cannot be empty") : undefined),
  targets,
]);

/** Subnets of the VPC links of HTTP APIs. */
export const httpVpcLinks = httpCheck(["CreateVpcLink"], `${referenceV2}/vpclinks.html`, [
  ({ SubnetIds }) =>
    isSet(SubnetIds) && list(SubnetIds).length === 0
      ? badRequest("SubnetIds for a vpc link cannot be empty")
      : undefined,
]);

function targets({ targetArns }: JsonObject): Refusal | undefined {
  const arns = list(targetArns).map(text);
  if (arns.length > 1) return badRequest("More than one target arn specified for vpc link.");
  const wrong = arns.find((arn) => !/^arn:[^:]+:elasticloadbalancing:/.test(arn));
  return wrong === undefined ? undefined : badRequest(`Invalid ARN. ARN is not well formed ${wrong}`);
}
