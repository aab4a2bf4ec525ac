import { authorize } from "../../iam/authorize";
import { askFor } from "../../iam/layer";
import type { Roles } from "../../iam/roles";
import type { Aws } from "../../models/aws";
import { decryption } from "./decryption";
import type { Permissions } from "./execution-role";

/** The permissions of roles, as their policies are in effect. */
export function permissionsOf(aws: Aws, roles: Roles): Permissions {
  const findRole = roles.inEffect.bind(roles);
  return {
    authorize: (call, principal) => authorize(call, principal, askFor(call, aws), { findRole }),
    decrypt: decryption(aws, findRole),
  };
}
