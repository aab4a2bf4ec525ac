import { join } from "node:path";
import { projectFolder } from "../../../cli/lib/project";
import { failureOf, linesOf, messageOf, type TerraformMessage } from "../../../cli/lib/terraform-messages";

const folder = join(projectFolder, "cdktf.out/stacks/dev02-us-east-1");
const diagnostic = (fields: object): TerraformMessage[] => {
  const line = JSON.stringify({
    "@message": "Error",
    type: "diagnostic",
    diagnostic: { severity: "error", ...fields },
  });
  const message = messageOf(line);
  if (message === undefined) throw new Error(`${line} must be a message`);
  return [message];
};
const failure = (fields: object) =>
  failureOf("terraform apply", folder, { exitCode: 1, tail: [], messages: diagnostic(fields) }).message;

describe("the failure of a Terraform command", () => {
  it("by a lock names its holder and creation time, and the command that releases it", () => {
    // As Terraform 1.11.4 reports it with a state in S3.
    const detail = `Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: 8XK1, HostID: x, api error PreconditionFailed: At least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        7f1c0d52-0000-4000-8000-000000000000
  Path:      appname-terraform-state/appname/dev02/us-east-1/terraform.tfstate
  Operation: OperationTypeApply
  Who:       runner@other-job
  Version:   1.11.4
  Created:   2026-11-21 09:00:00.000000001 +0000 UTC
  Info:

Terraform acquires a state lock to protect the state from being written by multiple users at the same time.`;
    expect(failure({ summary: "Error acquiring the state lock", detail })).toBe(
      "the state is locked by runner@other-job since 2026-11-21 09:00:00.000000001 +0000 UTC (OperationTypeApply), and nothing was done; " +
        "wait until the lock is released, or, when its process has ended without releasing it, run: " +
        "terraform -chdir=cdktf.out/stacks/dev02-us-east-1 force-unlock 7f1c0d52-0000-4000-8000-000000000000",
    );
  });

  it("by a lock in GitLab contains its id", () => {
    const detail = "Error message: HTTP remote state already locked: ID=0e2f4d5c";
    expect(failure({ summary: "Error acquiring the state lock", detail })).toMatch(
      /^the state is locked by an unknown process .* force-unlock 0e2f4d5c$/,
    );
  });

  it("by a lock names the program that releases it", () => {
    const messages = diagnostic({ summary: "Error acquiring the state lock", detail: "ID=0e2f4d5c" });
    expect(failureOf("tofu plan", folder, { exitCode: 1, tail: [], messages }).message).toContain(
      "run: tofu -chdir=cdktf.out/stacks/dev02-us-east-1 force-unlock 0e2f4d5c",
    );
  });

  it("by a stale plan says to plan again", () => {
    const detail = "The given plan file can no longer be applied because the state was changed by another operation.";
    expect(failure({ summary: "Saved plan is stale", detail })).toBe(
      "the plan is stale: the state has changed since, and nothing was applied; plan again, and apply that plan",
    );
  });

  it("by a role that cannot be assumed names the role and the remedy", () => {
    const detail = `IAM Role (arn:aws:iam::111122223333:role/pipeline/shop-deploy-dev02-us-east-1) cannot be assumed.

There are a number of possible causes of this - the most common are:
  * The credentials used in order to assume the role are invalid

Error: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: not authorized
`;
    expect(failure({ summary: "Cannot assume IAM Role", detail })).toBe(
      "the role arn:aws:iam::111122223333:role/pipeline/shop-deploy-dev02-us-east-1 cannot be assumed, and nothing was done; " +
        "let it trust this project and ref (npm run bootstrap) [AccessDenied: not authorized]",
    );
  });

  it("by another error contains Terraform's message with resource and location", () => {
    const fields = {
      summary: "creating ECS Cluster: api error AccessDenied: no",
      detail: "",
      address: "aws_ecs_cluster.main",
      range: { filename: "cdk.tf.json", start: { line: 9 } },
      snippet: { context: "resource.aws_ecs_cluster.main" },
    };
    expect(failure(fields)).toBe(
      [
        "terraform apply failed with exit code 1:\n",
        "Error: creating ECS Cluster: api error AccessDenied: no",
        "  with aws_ecs_cluster.main",
        "  on cdk.tf.json line 9, in resource.aws_ecs_cluster.main",
      ].join("\n"),
    );
  });

  it("without messages contains the last lines", () => {
    const result = { exitCode: 2, tail: ["panic: runtime error"], messages: [] };
    expect(failureOf("terraform plan", folder, result).message).toBe(
      "terraform plan failed with exit code 2:\n\npanic: runtime error",
    );
  });

  it("does not contain warnings", () => {
    const messages = diagnostic({ severity: "warning", summary: "Deprecated attribute" });
    expect(failureOf("terraform plan", folder, { exitCode: 1, tail: ["killed"], messages }).message).not.toContain(
      "Deprecated",
    );
  });
});

describe("the log of a message", () => {
  it("is its text", () => {
    const line = '{"@level":"info","@message":"aws_vpc.main: Creating...","type":"apply_start","hook":{}}';
    expect(messageOf(line)).toBeDefined();
    expect(linesOf({ "@message": "aws_vpc.main: Creating...", type: "apply_start" })).toEqual([
      "aws_vpc.main: Creating...",
    ]);
  });

  it("is its text also where it has no type, as those of OpenTofu's init", () => {
    const message = messageOf('{"@level":"info","@message":"Initializing the backend...","@module":"tofu.ui"}');
    expect(message && linesOf(message)).toEqual(["Initializing the backend..."]);
  });

  it("contains the summary and the detail of a warning", () => {
    const [message] = diagnostic({
      severity: "warning",
      summary: "Deprecated attribute",
      detail: "Use tags.\n\nSoon.",
    });
    expect(message && linesOf(message)).toEqual(["Warning: Deprecated attribute", "Use tags.", "Soon."]);
  });

  it("contains outputs that are not sensitive", () => {
    const outputs = { url: { sensitive: false, value: "https://x" }, token: { sensitive: true, value: "canary" } };
    expect(linesOf({ "@message": "Outputs: 2", type: "outputs", outputs })).toEqual([
      "Outputs: 2",
      '  url = "https://x"',
    ]);
  });

  test.each(["", "panic: runtime error", "{", '"text"', '{"a":1}'])("%j is not a message", (line) => {
    expect(messageOf(line)).toBeUndefined();
  });
});
