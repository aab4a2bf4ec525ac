import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lockProvider } from "../../../../cli/commands/provider-lock/lock";
import { TemporaryFolder } from "../../lib/temporary-folder";

const folder = new TemporaryFolder();
const lockFile = () => join(folder.path, "aws-5.100.0.terraform.lock.hcl");

/** A program that appends its arguments to the lock file; without a mirror it fails when the registry does not answer. */
const terraform = (registryAnswers: boolean) =>
  folder.script(
    "terraform",
    `case "$*" in
  *-fs-mirror=*) ;;
  *) [ ${registryAnswers ? "yes" : ""} ] || { echo "Error: registry.terraform.io does not answer"; exit 1; } ;;
esac
cd "\${1#-chdir=}" || exit 9
shift
grep -q '"5.100.0"' main.tf.json || exit 8
echo "$*" >> .terraform.lock.hcl`,
  );

function mirror(): string {
  folder.write("mirror/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws");
  return join(folder.path, "mirror");
}

const lock = (registryAnswers: boolean, fields: object = {}) =>
  lockProvider({
    program: terraform(registryAnswers),
    environment: {},
    release: "5.100.0",
    platforms: ["linux_amd64", "darwin_arm64"],
    lockFile: lockFile(),
    signal: new AbortController().signal,
    ...fields,
  });

test("the checksums of all platforms come from the registry, also where there is a mirror", async () => {
  expect(await lock(true, { mirror: mirror() })).toEqual({ missing: [] });
  expect(readFileSync(lockFile(), "utf8")).toBe("providers lock -platform=linux_amd64 -platform=darwin_arm64\n");
});

test("without a registry, the mirror gives the checksums of the platforms it holds, and the others are named", async () => {
  const path = mirror();
  expect(await lock(false, { mirror: path })).toEqual({ missing: ["darwin_arm64"] });
  expect(readFileSync(lockFile(), "utf8")).toBe(`providers lock -fs-mirror=${path} -platform=linux_amd64\n`);
});

test("checksums are added to a lock file that exists", async () => {
  folder.write("aws-5.100.0.terraform.lock.hcl", "before\n");
  await lock(true);
  expect(readFileSync(lockFile(), "utf8")).toMatch(/^before\nproviders lock/);
});

test.each([
  ["without a mirror", () => ({})],
  ["with a mirror of other platforms", () => ({ mirror: mirror(), platforms: ["darwin_arm64"] })],
])("without a registry and %s, the program's error is shown and nothing is written", async (_what, fields) => {
  await expect(lock(false, fields())).rejects.toThrow(
    /^terraform providers lock failed with exit code 1:[^]*registry.terraform.io does not answer/,
  );
  expect(existsSync(lockFile())).toBe(false);
});
