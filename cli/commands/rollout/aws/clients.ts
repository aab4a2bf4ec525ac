import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient, type ECSClientConfig } from "@aws-sdk/client-ecs";
import { STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { StageConfig } from "../../../../schema";

/** The services of AWS that commands about what runs ask. */
export interface Clients {
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
}

/** Clients of a stage's region that act as Terraform does: by the stage's role when it names one. */
export function clientsOf(
  { region, assumeRoleArn }: Pick<StageConfig, "region" | "assumeRoleArn">,
  options: Pick<ECSClientConfig, "credentials" | "endpoint"> = {},
): Clients {
  const role = assumeRoleArn === undefined ? {} : { credentials: assumed(assumeRoleArn, region) };
  // A wait of many minutes outlasts throttling, and a network that is gone for a moment.
  const config = { region, maxAttempts: 8, ...role, ...options };
  return {
    ecr: new ECRClient(config),
    ecs: new ECSClient(config),
    logs: new CloudWatchLogsClient(config),
    sts: new STSClient(config),
  };
}

const assumed = (RoleArn: string, region: string) =>
  fromTemporaryCredentials({ params: { RoleArn, RoleSessionName: "verdict" }, clientConfig: { region } });
