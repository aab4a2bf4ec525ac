import { HttpBackend, LocalBackend, S3Backend, type HttpBackendConfig } from "cdktf";
import type { Construct } from "constructs";
import type { StageConfig } from "../schema";
import { stateKey, stateName, type Named } from "./naming";

type GitlabState = Extract<StageConfig["state"], { backend: "gitlab" }>;

/** Configures the backend of a stack. */
export function configureBackend(scope: Construct, stage: Named & Pick<StageConfig, "state" | "accountId">): void {
  const { state } = stage;
  if (state.backend === "local") {
    new LocalBackend(scope, state.path === undefined ? {} : { path: state.path });
    return;
  }
  if (state.backend === "gitlab") {
    new HttpBackend(scope, gitlabState(state, stateName(stage)));
    return;
  }
  const backend = new S3Backend(scope, {
    bucket: state.bucket,
    key: stateKey(stage),
    region: state.region,
    encrypt: true,
    // Not the backend's roleArn: Terraform 1.10 and newer refuse it.
    ...(state.assumeRoleArn !== undefined && { assumeRole: { roleArn: state.assumeRoleArn } }),
  });
  // cdktf 0.21 has no property for the lock file of Terraform 1.10.
  backend.addOverride("use_lockfile", true);
}

/** Complete URLs, so that `terraform init` needs no backend options; no credentials, which Terraform would store. */
function gitlabState({ url, projectId, retrySeconds }: GitlabState, name: string): HttpBackendConfig {
  const address = `${url}/api/v4/projects/${projectId}/terraform/state/${name}`;
  return {
    address,
    lockAddress: `${address}/lock`,
    lockMethod: "POST",
    unlockAddress: `${address}/lock`,
    unlockMethod: "DELETE",
    retryWaitMin: retrySeconds,
  };
}
