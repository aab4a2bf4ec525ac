import type { TerraformResourceLifecycle } from "cdktf";

/**
 * Makes Terraform update what uses a removed resource before it destroys the resource.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy
 */
export const usersFirst = { createBeforeDestroy: true } as const satisfies TerraformResourceLifecycle;
