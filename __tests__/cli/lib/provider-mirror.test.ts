import { join } from "node:path";
import { findProviderMirror } from "../../../cli/lib/terraform-environment";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();
const provider = "registry.terraform.io/hashicorp/aws";

function find(env: Record<string, string> = {}): string | undefined {
  return findProviderMirror({
    env,
    home: join(folder.path, "home"),
    projectFolder: join(folder.path, "project"),
    root: join(folder.path, "root"),
    provider,
    platform: "linux_amd64",
  });
}

/** A mirror that holds one provider; its folder within the temporary one. */
function mirror(name: string, content = "5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5"): string {
  folder.write(`${name}/${provider}/${content}`);
  return join(folder.path, name);
}

test("a machine without a mirror has none", () => {
  expect(find()).toBeUndefined();
});

test.each([
  "project/terraform.d/plugins",
  "home/.terraform.d/plugins",
  "home/.local/share/terraform/plugins",
  "root/usr/local/share/terraform/plugins",
  "root/usr/share/terraform/plugins",
  "root/opt/any-name",
  "root/srv/any-name",
  "root/usr/local/any-name",
  "root/var/lib/any-name",
])("a mirror in %s is found", (name) => {
  const path = mirror(name);
  expect(find()).toBe(path);
});

test("the folders of the environment variables are searched", () => {
  const [cache, data, shared] = [mirror("cache"), mirror("data/terraform/plugins"), mirror("share/terraform/plugins")];
  expect(find({ TF_PLUGIN_CACHE_DIR: cache })).toBe(cache);
  expect(find({ XDG_DATA_HOME: join(folder.path, "data") })).toBe(data);
  expect(find({ XDG_DATA_DIRS: `/none:${join(folder.path, "share")}` })).toBe(shared);
});

test.each([
  ["the oldest version", "5.100.0/linux_amd64/terraform-provider-aws"],
  ["a later major version", "6.25.0/linux_amd64/terraform-provider-aws"],
  ["a packed provider", "terraform-provider-aws_6.25.0_linux_amd64.zip"],
])("%s is accepted", (_what, content) => {
  const path = mirror("root/opt/any", content);
  expect(find()).toBe(path);
});

test.each([
  ["a version that is too old", "5.99.1/linux_amd64/terraform-provider-aws"],
  ["a version that is too new", "7.0.0/linux_amd64/terraform-provider-aws"],
  ["another platform", "5.100.0/darwin_arm64/terraform-provider-aws"],
  ["another platform, packed", "terraform-provider-aws_5.100.0_darwin_arm64.zip"],
  ["an old version, packed", "terraform-provider-aws_5.99.1_linux_amd64.zip"],
])("a mirror with %s is skipped for one that can be used", (_what, content) => {
  mirror("root/opt/first", content);
  expect(find()).toBeUndefined();
  const usable = mirror("root/opt/second");
  expect(find()).toBe(usable);
});
