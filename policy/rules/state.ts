import type { ReadStack } from "../read-stack";
import type { Rules } from "../rule";

const backend = "terraform.backend";

/** Where Terraform keeps its state. */
export const stateRules = {
  "state-role": {
    severity: "high",
    why: "Terraform 1.10 and newer refuse a role_arn of the S3 backend, so no command works.",
    source: "https://developer.hashicorp.com/terraform/language/backend/s3",
    mend: "write it as assume_role.role_arn",
    check: (stack) => (stack.terraform.has("backend.s3.role_arn") ? [found("names its role at the top level")] : []),
  },
  "state-guarded": {
    severity: "high",
    why: "State holds what AWS tells Terraform, and two that write it at once destroy it.",
    source: "https://developer.hashicorp.com/terraform/language/backend/s3",
    mend: "set encrypt and use_lockfile to true",
    check: (stack) => {
      const [s3] = stack.terraform.blocks("backend.s3");
      const guarded = s3?.get("encrypt") === true && s3.get("use_lockfile") === true;
      return s3 === undefined || guarded ? [] : [found("is neither encrypted nor locked for sure")];
    },
  },
  "state-address": {
    severity: "high",
    why: "Terraform asks for whatever a backend does not say, and a pipeline cannot answer.",
    source: "https://developer.hashicorp.com/terraform/language/backend/http",
    mend: "write the missing value",
    check: (stack) =>
      missing(stack, "s3", ["bucket", "key", "region"])
        .concat(missing(stack, "http", ["address", "lock_address", "unlock_address"]))
        .map((field) => found(`has no ${field}`)),
  },
} satisfies Rules;

function missing({ terraform }: ReadStack, kind: string, fields: readonly string[]): string[] {
  const [settings] = terraform.blocks(`backend.${kind}`);
  return settings === undefined ? [] : fields.filter((field) => !settings.has(field));
}

function found(problem: string) {
  return { resource: backend, problem };
}
