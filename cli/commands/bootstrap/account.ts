import { IAMClient } from "@aws-sdk/client-iam";
import { HeadBucketCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { accountStackName, type AccountConfig } from "../../../schema";
import { accountStateKey } from "../../../stacks/account-stack";
import { callAws } from "../../lib/aws";
import { ToolError } from "../../lib/tool-error";
import { createServiceLinkedRoles } from "./service-linked-roles";

/** Whether the account has a state bucket with the state of the account stack. */
export type StateStatus = "no bucket" | "a bucket without state" | "state in the bucket";

/** The AWS account of an account stack, with the credentials of the caller or the role of the account stack. */
export class Account {
  private readonly iam: IAMClient;
  private readonly s3: S3Client;
  private readonly sts: STSClient;

  constructor(private readonly config: AccountConfig) {
    const { region, assumeRoleArn: RoleArn } = config;
    const role =
      RoleArn === undefined
        ? {}
        : {
            credentials: fromTemporaryCredentials({
              params: { RoleArn, RoleSessionName: "bootstrap" },
              clientConfig: { region },
            }),
          };
    // An endpoint that is an IP address, such as that of the emulated AWS, has no subdomain for each bucket.
    this.s3 = new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined, ...role });
    this.iam = new IAMClient({ region, ...role });
    this.sts = new STSClient({ region, ...role });
  }

  /** @throws ToolError when the credentials are of another account, there are none, or the role cannot be assumed */
  public async verify(): Promise<void> {
    const { accountId, assumeRoleArn } = this.config;
    const { Account: actual } = await callAws("sts:GetCallerIdentity", this.caller());
    if (actual === accountId) return;
    const remedy = assumeRoleArn === undefined ? `use credentials of ${accountId}` : "correct assumeRoleArn";
    throw new ToolError(
      `the AWS credentials are of account ${actual ?? "unknown"}, and ${accountStackName(this.config)} is in ${accountId}; ${remedy}`,
    );
  }

  /** @throws ToolError when the bucket belongs to another account or region */
  public async stateStatus(): Promise<StateStatus> {
    const { stateBucket: Bucket } = this.config;
    const bucket = await statusOf("s3:HeadBucket", this.s3.send(new HeadBucketCommand({ Bucket })));
    if (bucket === 404) return "no bucket";
    if (bucket !== 200) {
      throw new ToolError(
        `the bucket ${Bucket} exists in another account or region (HTTP ${bucket}); name another as stateBucket`,
      );
    }
    const Key = accountStateKey(this.config);
    const state = await statusOf("s3:HeadObject", this.s3.send(new HeadObjectCommand({ Bucket, Key })));
    if (state !== 200 && state !== 404) {
      throw new ToolError(
        `the state s3://${Bucket}/${Key} cannot be read (HTTP ${state}); use an administrator's role`,
      );
    }
    return state === 200 ? "state in the bucket" : "a bucket without state";
  }

  /** Creates the service-linked roles of the services that the account lacks; returns the services whose role is new. */
  public createServiceLinkedRoles(services: readonly string[]): Promise<string[]> {
    return createServiceLinkedRoles(this.iam, services);
  }

  private async caller() {
    try {
      return await this.sts.send(new GetCallerIdentityCommand());
    } catch (error) {
      const { assumeRoleArn } = this.config;
      if (assumeRoleArn === undefined || !(error instanceof Error) || !error.name.startsWith("AccessDenied"))
        throw error;
      throw new ToolError(
        `the role ${assumeRoleArn} cannot be assumed; let it trust these credentials, or correct assumeRoleArn [${error.message}]`,
      );
    }
  }
}

/** The HTTP status of a response without a body. */
async function statusOf(call: string, response: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<number> {
  try {
    const { $metadata } = await response;
    return $metadata.httpStatusCode ?? 200;
  } catch (error) {
    const status = statusOfError(error);
    if (status !== undefined && [301, 403, 404].includes(status)) return status;
    return callAws(call, Promise.reject(error instanceof Error ? error : new Error(String(error))));
  }
}

function statusOfError(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== "object" || $metadata === null || !("httpStatusCode" in $metadata)) return undefined;
  return typeof $metadata.httpStatusCode === "number" ? $metadata.httpStatusCode : undefined;
}
