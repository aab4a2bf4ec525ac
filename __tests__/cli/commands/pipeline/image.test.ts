import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Builder, loginTo } from "../../../../cli/commands/pipeline/image";
import { TemporaryFolder } from "../../lib/temporary-folder";
import { answering } from "./answering";

const folder = new TemporaryFolder();
const registry = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
const login = { registry, user: "AWS", password: "canary" };
const build = { context: "app", platform: "linux/arm64", names: [`${registry}/shop:1`, `${registry}/shop:latest`] };

/** A builder that records its calls, and fails at one subcommand. */
function recorder(failing = "none") {
  const file = join(folder.path, "calls");
  const program = folder.script(
    "builder",
    `echo "$@" >> ${file}\n[ "$1" = login ] && cat > ${file}.input\n[ "$1" = ${failing} ] && { echo "no space left" >&2; exit 5; }\nexit 0`,
  );
  const builder = new Builder(program, new AbortController().signal);
  return {
    builder,
    calls: () => readFileSync(file, "utf8").trim().split("\n"),
    input: () => readFileSync(`${file}.input`, "utf8"),
  };
}

test("builds with the platform and every tag, and pushes each tag", async () => {
  const { builder, calls } = recorder();
  await builder.build(build);
  expect(calls()).toEqual([
    `build --platform linux/arm64 --tag ${registry}/shop:1 --tag ${registry}/shop:latest app`,
    `push ${registry}/shop:1`,
    `push ${registry}/shop:latest`,
  ]);
});

test("passes the password to the standard input, and logs out after the work, also when it fails", async () => {
  const { builder, calls, input } = recorder("push");
  await expect(builder.withLogin(login, () => builder.build(build))).rejects.toThrow(
    /push failed with exit code 5:\n\nno space left/,
  );
  expect(calls()[0]).toBe(`login --username AWS --password-stdin ${registry}`);
  expect(calls().at(-1)).toBe(`logout ${registry}`);
  expect(input()).toBe("canary");
});

test("reads user and password from the token of ECR", async () => {
  const authorizationToken = Buffer.from("AWS:secret:with:colons").toString("base64");
  const { clients } = answering({ GetAuthorizationToken: () => ({ authorizationData: [{ authorizationToken }] }) });
  expect(await loginTo(clients, `${registry}/shop`)).toEqual({ registry, user: "AWS", password: "secret:with:colons" });
});
