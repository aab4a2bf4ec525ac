import { join } from "node:path";
import { Terraform } from "../../../cli/lib/terraform";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

/** Terraform with a fake program that prints messages and exits. */
function terraform(messages: readonly object[], exitCode = 0) {
  const output = folder.write("output", messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  const program = folder.script("terraform", `echo "$@" > ${folder.path}/arguments; cat ${output}; exit ${exitCode}`);
  const lines: string[] = [];
  const options = { folder: folder.path, environment: { TERRAFORM_BINARY_NAME: program } };
  const { signal } = new AbortController();
  return { terraform: new Terraform({ ...options, signal, onLine: (line) => lines.push(line) }), lines };
}

const planned = { "@message": "Plan: 1 to add.", type: "change_summary", changes: { operation: "plan" } };
const applied = { "@message": "Apply complete!", type: "change_summary", changes: { operation: "apply" } };
const error = {
  "@message": "Error: no",
  type: "diagnostic",
  diagnostic: { severity: "error", summary: "no", detail: "never" },
};

test("a plan has changes when Terraform exits with 2, and its messages are logged as text", async () => {
  const { terraform: changed, lines } = terraform([planned], 2);
  expect(await changed.plan("plan.tfplan")).toBe(true);
  expect(lines).toEqual(["Plan: 1 to add."]);
  expect(await terraform([planned]).terraform.plan("plan.tfplan")).toBe(false);
});

test("an apply resolves to the summary of what was applied", async () => {
  expect(await terraform([planned, applied]).terraform.apply("plan.tfplan")).toBe("Apply complete!");
});

test("a failed command contains the errors of its diagnostics", async () => {
  const { terraform: failing, lines } = terraform([planned, error], 1);
  await expect(failing.apply("plan.tfplan")).rejects.toThrow(
    "terraform apply failed with exit code 1:\n\nError: no\nnever",
  );
  expect(lines).toEqual(["Plan: 1 to add.", "Error: no", "never"]);
});

test("a migration of the state, which has no messages, fails with the name and the text of the program", async () => {
  folder.script("tofu", "echo 'no such bucket' >&2; exit 1");
  const { signal } = new AbortController();
  const environment = { TERRAFORM_BINARY_NAME: join(folder.path, "tofu") };
  const broken = new Terraform({ folder: folder.path, environment, signal, onLine: () => undefined });
  await expect(broken.migrateState()).rejects.toThrow("tofu init failed with exit code 1:\n\nno such bucket");
});
