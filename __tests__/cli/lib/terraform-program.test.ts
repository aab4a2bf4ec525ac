import { join } from "node:path";
import { platform, findTerraform } from "../../../cli/lib/terraform-program";
import { ReleaseServer } from "./release-server";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();
const server = new ReleaseServer();
let reports: string[];

beforeAll(() => server.start());
beforeEach(() => {
  reports = [];
  server.requests.length = 0;
  server.publish(
    `terraform_1.11.4_${platform()}.zip`,
    "terraform",
    '#!/bin/sh\necho \'{"terraform_version":"1.11.4"}\'',
  );
});
afterAll(() => {
  server.stop();
});

const program = (file: string, version: string) => folder.script(file, `echo '{"terraform_version":"${version}"}'`);

function find(env: Record<string, string> = {}): Promise<string> {
  return findTerraform({
    env: { PATH: join(folder.path, "bin"), TERRAFORM_RELEASES_URL: server.url, ...env },
    toolsFolder: join(folder.path, ".tools"),
    report: (message) => reports.push(message),
  });
}

const downloaded = () => join(folder.path, ".tools/terraform-1.11.4/terraform");

test("Terraform in the search path is used", async () => {
  const terraform = program("bin/terraform", "1.10.0");
  program("bin/tofu", "1.11.0");
  expect(await find()).toBe(terraform);
  expect(server.requests).toEqual([]);
});

test("OpenTofu is used when Terraform is missing or too old", async () => {
  const tofu = program("bin/tofu", "1.10.1");
  expect(await find()).toBe(tofu);
  program("bin/terraform", "1.9.8");
  expect(await find()).toBe(tofu);
});

test("OpenTofu's warnings before its version are ignored", async () => {
  const tofu = folder.script("bin/tofu", `echo "Warning: no file"; echo '{"terraform_version":"1.12.6"}'`);
  expect(await find({ TERRAFORM_BINARY_NAME: "tofu" })).toBe(tofu);
});

test("TERRAFORM_BINARY_NAME takes precedence, as a name or a path", async () => {
  program("bin/terraform", "1.11.0");
  const chosen = program("bin/terraform-next", "1.14.0-beta1");
  expect(await find({ TERRAFORM_BINARY_NAME: "terraform-next" })).toBe(chosen);
  expect(await find({ TERRAFORM_BINARY_NAME: chosen })).toBe(chosen);
});

test.each([
  ["old", /"old", which cannot be used: .*bin\/old is version 1\.5\.7/],
  ["missing", /"missing", which cannot be used: it was not found; name one of 1\.10\.0 or newer, or unset it/],
  ["broken", /"broken", which cannot be used: .*bin\/broken does not run/],
])(
  "TERRAFORM_BINARY_NAME that names the %s program is refused, although another one could be used",
  async (name, reason) => {
    program("bin/terraform", "1.11.0");
    program("bin/old", "1.5.7");
    folder.script("bin/broken", "exit 1");
    await expect(find({ TERRAFORM_BINARY_NAME: name })).rejects.toThrow(reason);
  },
);

test("Terraform is downloaded once when there is none", async () => {
  expect(await find()).toBe(downloaded());
  expect(await find()).toBe(downloaded());
  expect(reports).toEqual(["Downloading Terraform 1.11.4 ..."]);
  expect(server.requests.sort()).toEqual([
    "/1.11.4/terraform_1.11.4_SHA256SUMS",
    `/1.11.4/terraform_1.11.4_${platform()}.zip`,
  ]);
});

test("without Terraform and network, one message names what to install and why each program was rejected", async () => {
  program("bin/terraform", "1.9.8");
  const error = find({ TERRAFORM_RELEASES_URL: "http://127.0.0.1:9" });
  await expect(error).rejects.toThrow(/Terraform or OpenTofu 1\.10\.0 or newer is needed: install it from https:/);
  await expect(error).rejects.toThrow(/bin\/terraform is version 1\.9\.8/);
  await expect(error).rejects.toThrow(/could not be downloaded/);
});
