import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { emulatorOptions, findMotoServer } from "../../../cli/lib/emulator";
import { ToolError } from "../../../cli/lib/tool-error";
import { stageWith } from "../../fixtures/stage";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();
let reports: string[];

beforeEach(() => {
  reports = [];
});

const tools = () => join(folder.path, ".tools");

function find(): Promise<string> {
  return findMotoServer({
    env: { PATH: `${folder.path}/bin:/usr/bin:/bin` },
    toolsFolder: tools(),
    report: (message) => reports.push(message),
  });
}

/** A fake Python: prints the version of moto, and creates an environment whose pip runs the script. */
function python(motoVersion: string, pip: string): void {
  const makePip = `printf '#!/bin/sh\\n${pip}\\n' > "$3/bin/pip"; chmod +x "$3/bin/pip"`;
  folder.script("bin/python3", `if [ "$1" = -c ]; then echo ${motoVersion}; else mkdir -p "$3/bin"; ${makePip}; fi`);
}

const pipInstalls = 'd=$(dirname "$0"); cp "$d/pip" "$d/moto_server"';

test("moto_server in the search path is used when its Python holds version 5", async () => {
  const interpreter = folder.script("venv/bin/python", "echo 5.1.0");
  const moto = folder.script("bin/moto_server", "", interpreter);
  expect(await find()).toBe(moto);
  expect(reports).toEqual([]);
});

test("python3 reports the version of a moto_server that is a shell script", async () => {
  python("5.2.1", "exit 1");
  const moto = folder.script("bin/moto_server", "");
  expect(await find()).toBe(moto);
});

test("an old moto_server is skipped, and moto is installed once", async () => {
  const interpreter = folder.script("venv/bin/python", "echo 4.2.14");
  folder.script("bin/moto_server", "", interpreter);
  python("5.2.1", pipInstalls);
  expect(await find()).toBe(join(tools(), "moto/bin/moto_server"));
  expect(await find()).toBe(join(tools(), "moto/bin/moto_server"));
  expect(existsSync(join(tools(), "moto/bin/moto_server"))).toBe(true);
  expect(reports).toEqual(["Installing moto[server]==5.2.1 ..."]);
});

test("a failing installation leaves nothing behind, and one message names what to install", async () => {
  python("", "echo WARNING: retrying; echo ERROR: no network >&2; exit 1");
  const error: unknown = await find().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ToolError);
  expect(String(error)).toMatch(
    /moto_server 5\.0\.0 or newer is needed: install it with `pip install 'moto\[server\]'`/,
  );
  expect(String(error)).toMatch(/pip install .* failed:\s+ERROR: no network/);
  expect(String(error)).not.toMatch(/retrying/);
  expect(readdirSync(tools())).toEqual([]);
});

test("the emulated AWS has the roles that stages assume, for resources and for the state", () => {
  const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const state = {
    backend: "s3",
    bucket: "terraform-state",
    region: "us-east-1",
    assumeRoleArn: role("state"),
  } as const;
  const deployed = stageWith({ assumeRoleArn: role("deploy"), state });
  const options = emulatorOptions([deployed, stageWith({ assumeRoleArn: role("deploy") }), stageWith()], deployed);
  expect(options.roles).toEqual([{ arn: role("deploy") }, { arn: role("state") }]);
});

test("the emulated AWS has the permissions boundaries of stages", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/pipeline/limits";
  const limited = stageWith({ permissionsBoundaryArn });
  expect(emulatorOptions([limited, limited, stageWith()], limited).policies).toEqual([permissionsBoundaryArn]);
});
