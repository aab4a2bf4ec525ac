import type { JsonObject } from "../wire/json";
import type { Protocol } from "./refusal";

/** A call with its parameters by the names of AWS's API model. */
export interface ModelledCall {
  /** Signing name of the service, such as "elasticloadbalancing". */
  readonly service: string;
  /** Name of the API model, which is botocore's folder: "elbv2", "apigatewayv2". */
  readonly model: string;
  readonly protocol: Protocol;
  /** Such as "CreateLoadBalancer". */
  readonly operation: string;
  readonly input: JsonObject;
  /** HTTP method, after which API Gateway names its actions. */
  readonly method: string;
  /** HTTP path as it was sent, without the query; API Gateway's ARNs contain it. */
  readonly path: string;
  readonly account: string;
  readonly region: string;
  /** Principal of the service that makes the call with the permissions of its caller. @default - the caller makes it */
  readonly via?: string;
}

/**
 * Calls an operation of a model in the account and the region of the call that is checked, with full permissions; the
 * output has the names of the API model. Rejects when the operation answers with an error.
 */
export type Ask = (model: string, operation: string, input: JsonObject) => Promise<JsonObject>;

/** What a call needs: one action on each of the resources. */
export interface Requirement {
  /** Such as "ecs:CreateService". */
  readonly action: string;
  /** ARNs, whose unknown parts are "*", or "*" for an action without resource-level permissions. */
  readonly resources: readonly string[];
  /** Condition keys of the request beyond the global ones. @default - none */
  readonly context?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Service that calls with the caller's permissions. @default - the caller calls it */
  readonly via?: string;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
/** The partition of a region. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An ARN in the account and the region of a call. */
export function arnIn({ account, region }: ModelledCall, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** An ARN of IAM, which has no region. */
export function iamArnIn({ account, region }: ModelledCall, resource: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:${resource}`;
}

/** The answer of a look-up, or undefined if what is looked up does not exist. */
export async function lookUp(asked: Promise<JsonObject>): Promise<JsonObject | undefined> {
  return asked.catch(() => undefined);
}

/** Resources by action: they replace what the list gives for the action; one without resources is not needed. */
export type ActionResources = Readonly<Record<string, readonly string[]>>;
