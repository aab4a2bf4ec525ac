import { join } from "node:path";
import { failureOf } from "../../../../cli/lib/terraform/failure";
import { projectFolder } from "../../../../cli/lib/toolchain/project";

const folder = join(projectFolder, "cdktf.out/stacks/dev02-us-east-1");
const messageOf = (text: string) => failureOf("apply", folder, { exitCode: 1, tail: text.trim().split("\n") }).message;

// As Terraform 1.11.4 prints it with a state in S3.
const locked = `
╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error
│ StatusCode: 412, RequestID: 8XK1, HostID: x, api error PreconditionFailed:
│ At least one of the pre-conditions you specified did not hold
│ Lock Info:
│   ID:        7f1c0d52-0000-4000-8000-000000000000
│   Path:      appname-terraform-state/appname/dev02/us-east-1/terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       runner@other-job
│   Version:   1.11.4
│   Created:   2026-11-21 09:00:00.000000001 +0000 UTC
│   Info:
╵`;

test("a lock is told with its holder, since when, and how to release it", () => {
  expect(messageOf(locked)).toBe(
    "the state is locked by runner@other-job since 2026-11-21 09:00:00.000000001 +0000 UTC (OperationTypeApply), and nothing was done; " +
      "wait for it, or, when that process is gone for good: " +
      "terraform -chdir=cdktf.out/stacks/dev02-us-east-1 force-unlock 7f1c0d52-0000-4000-8000-000000000000",
  );
});

test("a lock of GitLab's is told by its id, where no more is known", () => {
  const text = `
│ Error: Error acquiring the state lock
│
│ Error message: HTTP remote state already locked: ID=0e2f4d5c`;
  expect(messageOf(text)).toMatch(/^the state is locked by somebody .* force-unlock 0e2f4d5c$/);
});

test("a stale plan is told to plan again", () => {
  expect(messageOf("│ Error: Saved plan is stale\n│ \n│ The given plan file can no longer be applied")).toBe(
    "the plan is stale: the state has changed since, and nothing was applied; plan again, and apply that plan",
  );
});

test("a role that cannot be assumed is named, with the remedy", () => {
  const text = `
│ Error: Cannot assume IAM Role
│
│   with provider["registry.terraform.io/hashicorp/aws"],
│   on cdk.tf.json line 9, in provider.aws[0]:
│
│ IAM Role (arn:aws:iam::111122223333:role/pipeline/shop-deploy-dev02-us-east-1) cannot be assumed.
│
│ Error: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: not authorized`;
  expect(messageOf(text)).toBe(
    "the role arn:aws:iam::111122223333:role/pipeline/shop-deploy-dev02-us-east-1 cannot be assumed, and nothing was done; " +
      "let it trust this project and ref (npm run bootstrap) [AccessDenied: not authorized]",
  );
});

test("a denial of another call is Terraform's own message", () => {
  const text = "╷\n│ Error: creating ECS Cluster: api error AccessDenied: no\n╵";
  expect(messageOf(text)).toBe(
    "terraform apply failed with exit code 1:\n\nError: creating ECS Cluster: api error AccessDenied: no",
  );
});
