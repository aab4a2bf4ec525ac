import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { findProviderMirror, platformsIn } from "../../../cli/lib/provider-mirror";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();
const provider = "registry.terraform.io/hashicorp/aws";

function find(env: Record<string, string> = {}, fields: object = {}): string | undefined {
  return findProviderMirror({
    env,
    home: join(folder.path, "home"),
    projectFolder: join(folder.path, "project"),
    root: join(folder.path, "root"),
    toolsFolder: join(folder.path, "tools"),
    platform: "linux_amd64",
    program: "terraform",
    constraint: "5.100.0",
    ...fields,
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
  ["the release of the constraint", "5.100.0", "5.100.0/linux_amd64/terraform-provider-aws"],
  ["a release that a range admits", "~> 6.25", "6.30.0/linux_amd64/terraform-provider-aws"],
  ["a packed provider", "6.25.0", "terraform-provider-aws_6.25.0_linux_amd64.zip"],
])("%s is accepted", (_what, constraint, content) => {
  const path = mirror("root/opt/any", content);
  expect(find({}, { constraint })).toBe(path);
});

test.each([
  ["a version that is too old", "5.99.1/linux_amd64/terraform-provider-aws"],
  ["a newer version than the constraint admits", "6.25.0/linux_amd64/terraform-provider-aws"],
  ["another platform", "5.100.0/darwin_arm64/terraform-provider-aws"],
  ["another platform, packed", "terraform-provider-aws_5.100.0_darwin_arm64.zip"],
  ["an old version, packed", "terraform-provider-aws_5.99.1_linux_amd64.zip"],
])("a mirror with %s is skipped for one that can be used", (_what, content) => {
  mirror("root/opt/first", content);
  expect(find()).toBeUndefined();
  const usable = mirror("root/opt/second");
  expect(find()).toBe(usable);
});

describe("OpenTofu", () => {
  const links = () => join(folder.path, "tools/opentofu-mirror");
  const linked = (path: string) => readlinkSync(join(links(), "registry.opentofu.org/hashicorp/aws", path));

  test("uses a mirror of its own registry first", () => {
    mirror("root/opt/a");
    folder.write("root/opt/b/registry.opentofu.org/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws");
    expect(find({}, { program: "tofu" })).toBe(join(folder.path, "root/opt/b"));
  });

  test("uses a mirror of Terraform's registry by links to each platform's folder and each packed provider", () => {
    const path = mirror("root/opt/a");
    mirror("root/opt/a", "terraform-provider-aws_6.25.0_linux_amd64.zip");
    expect(find({}, { program: "tofu" })).toBe(links());
    expect(linked("5.100.0/linux_amd64")).toBe(join(path, provider, "5.100.0/linux_amd64"));
    const packed = "terraform-provider-aws_6.25.0_linux_amd64.zip";
    expect(linked(packed)).toBe(join(path, provider, packed));
  });

  test("has no mirror where Terraform has none", () => {
    mirror("root/opt/a", "5.99.1/linux_amd64/terraform-provider-aws");
    expect(find({}, { program: "tofu" })).toBeUndefined();
  });
});

test("the platforms of a release are those of folders and of packed providers", () => {
  const path = mirror("root/opt/a");
  mirror("root/opt/a", "terraform-provider-aws_5.100.0_darwin_arm64.zip");
  mirror("root/opt/a", "terraform-provider-aws_6.25.0_darwin_amd64.zip");
  expect(platformsIn(path, "terraform", "5.100.0")).toEqual(["darwin_arm64", "linux_amd64"]);
});
