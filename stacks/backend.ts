import { LocalBackend, S3Backend } from "cdktf";
import type { Construct } from "constructs";
import type { StageConfig } from "../config";
import { stateKey, type Named } from "./naming";

/** Declares where Terraform keeps the state of the stack that `scope` is. */
export function keepState(scope: Construct, stage: Named & Pick<StageConfig, "state" | "accountId">): void {
  const { state } = stage;
  if (state.backend === "local") {
    new LocalBackend(scope, state.path === undefined ? {} : { path: state.path });
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
