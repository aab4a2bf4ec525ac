import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providerEnvironment } from "../../../cli/lib/terraform-environment";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

function environment(env: Record<string, string> = {}, program = "/any/terraform"): Record<string, string> {
  return providerEnvironment({
    env,
    home: join(folder.path, "home"),
    projectFolder: join(folder.path, "project"),
    toolsFolder: join(folder.path, "tools"),
    root: join(folder.path, "root"),
    platform: "linux_amd64",
    program,
    constraint: "5.100.0",
  });
}

function mirror(name = "root/opt/mirror", registry = "registry.terraform.io"): string {
  folder.write(`${name}/${registry}/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws`);
  return join(folder.path, name);
}

const ownConfiguration = (program = "terraform") => readFileSync(join(folder.path, `tools/${program}.rc`), "utf8");

test("a mirror is used for the AWS provider, and for nothing else", () => {
  const path = mirror();
  expect(environment()).toEqual({
    TF_CLI_CONFIG_FILE: join(folder.path, "tools/terraform.rc"),
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${path}`,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
  });
  expect(ownConfiguration()).toBe(`provider_installation {
  filesystem_mirror {
    path    = "${path}"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
});

test("OpenTofu's providers have another registry", () => {
  mirror("root/opt/a");
  const path = mirror("root/opt/b", "registry.opentofu.org");
  environment({}, "/any/tofu");
  expect(ownConfiguration("tofu")).toContain(`path    = "${path}"`);
  expect(ownConfiguration("tofu")).toContain('include = ["registry.opentofu.org/hashicorp/aws"]');
});

test("arguments that the user gives to terraform providers lock are kept, and a path with a space is quoted", () => {
  const path = mirror("root/opt/my mirror");
  expect(environment({ TF_CLI_ARGS_providers_lock: "-no-color" })).toMatchObject({
    TF_CLI_ARGS_providers_lock: `-no-color -fs-mirror='${path}'`,
  });
});

test("a mirror that is the plugin cache is not also used as a cache", () => {
  const path = mirror("cache");
  expect(environment({ TF_PLUGIN_CACHE_DIR: path })).toMatchObject({ TF_PLUGIN_CACHE_DIR: "" });
});

test("without a mirror, the project has a cache for the registry", () => {
  expect(environment()).toEqual({
    TF_PLUGIN_CACHE_DIR: join(folder.path, "tools/providers"),
  });
});

test("without a mirror, the user's own cache is used", () => {
  expect(environment({ TF_PLUGIN_CACHE_DIR: join(folder.path, "cache") })).toEqual({});
});

describe("the user's own configuration", () => {
  const block = "provider_installation {\n  direct {}\n}\n";

  test.each(["home/.terraformrc", "home/.tofurc", "home/.terraform.d/mine.tfrc"])("in %s stays in force", (file) => {
    mirror();
    folder.write(file, `plugin_cache_dir = "/cache"\n${block}`);
    expect(environment()).toEqual({});
  });

  test("named by TF_CLI_CONFIG_FILE stays in force, and replaces the others", () => {
    mirror();
    const named = folder.write("named.tfrc", block);
    expect(environment({ TF_CLI_CONFIG_FILE: named })).toEqual({});
    folder.write("home/.terraformrc", block);
    const silent = folder.write("silent.tfrc", "disable_checkpoint = true");
    expect(environment({ TF_CLI_CONFIG_FILE: silent })).toHaveProperty("TF_CLI_CONFIG_FILE");
  });

  test("may be JSON", () => {
    mirror();
    const named = folder.write("named.tfrc.json", '{\n  "provider_installation": { "direct": {} }\n}');
    expect(environment({ TF_CLI_CONFIG_FILE: named })).toEqual({});
  });

  test.each([
    ["does not exist", undefined],
    ["says nothing about providers", "disable_checkpoint = true\n"],
    ["says it in a comment only", `# provider_installation { }\n/*\n${block}*/\n`],
  ])("does not count when it %s", (_what, content) => {
    mirror();
    const named = content === undefined ? join(folder.path, "missing") : folder.write("named.tfrc", content);
    expect(environment({ TF_CLI_CONFIG_FILE: named }).TF_CLI_CONFIG_FILE).toBe(join(folder.path, "tools/terraform.rc"));
  });
});
