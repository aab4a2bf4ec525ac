import type { PolicyStack, Rules } from "../rule";

const backend = "terraform.backend";

/** The backend of Terraform's state. */
export const stateRules = {
  "state-role": {
    severity: "high",
    rationale: "Terraform 1.10 and newer reject role_arn at the top level of the S3 backend.",
    source: "https://developer.hashicorp.com/terraform/language/backend/s3",
    remediation: "set the role as state.assumeRoleArn (assume_role.role_arn)",
    check: (stack) => (stack.terraform.has("backend.s3.role_arn") ? [violation("has role_arn at the top level")] : []),
  },
  "state-protection": {
    severity: "high",
    rationale: "State contains attributes of every resource, and concurrent writes corrupt it.",
    source: "https://developer.hashicorp.com/terraform/language/backend/s3",
    remediation: 'use state.backend: "s3" without overrides (encrypt and use_lockfile must be true)',
    check: (stack) => {
      const [s3] = stack.terraform.blocks("backend.s3");
      const isProtected = s3?.get("encrypt") === true && s3.get("use_lockfile") === true;
      return s3 === undefined || isProtected ? [] : [violation("does not enable encryption and locking")];
    },
  },
  "state-settings": {
    severity: "high",
    rationale: "Terraform prompts for missing backend settings, which fails in a pipeline.",
    source: "https://developer.hashicorp.com/terraform/language/backend/http",
    remediation: "set the missing value in state (bucket, key and region; address, lock_address and unlock_address)",
    check: (stack) =>
      missing(stack, "s3", ["bucket", "key", "region"])
        .concat(missing(stack, "http", ["address", "lock_address", "unlock_address"]))
        .map((field) => violation(`has no ${field}`)),
  },
} satisfies Rules;

function missing({ terraform }: PolicyStack, kind: string, fields: readonly string[]): string[] {
  const [settings] = terraform.blocks(`backend.${kind}`);
  return settings === undefined ? [] : fields.filter((field) => !settings.has(field));
}

function violation(problem: string) {
  return { resource: backend, problem };
}
