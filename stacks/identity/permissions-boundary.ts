import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Aspects } from "cdktf";
import type { Construct } from "constructs";
import type { StageConfig } from "../../schema";

/** Puts the stage's permissions boundary on every role below `scope`, if it has one. */
export function applyPermissionsBoundary(
  scope: Construct,
  { permissionsBoundaryArn }: Pick<StageConfig, "permissionsBoundaryArn">,
) {
  if (permissionsBoundaryArn === undefined) return;
  Aspects.of(scope).add({
    visit: (node) => {
      if (node instanceof IamRole) node.permissionsBoundary = permissionsBoundaryArn;
    },
  });
}
