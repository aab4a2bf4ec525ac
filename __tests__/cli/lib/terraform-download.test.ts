import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { downloadProgram } from "../../../cli/lib/terraform-program";
import { ToolError } from "../../../cli/lib/tool-error";
import { ReleaseServer } from "./release-server";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();
let server: ReleaseServer;

beforeEach(async () => {
  server = new ReleaseServer();
  server.publish("tool_1.zip", "tool", "the program");
  await server.start();
});

afterEach(() => {
  server.stop();
});

function download(): Promise<void> {
  const archive = { url: `${server.url}/tool_1.zip`, checksumsUrl: `${server.url}/SUMS`, program: "tool" };
  return downloadProgram(archive, join(folder.path, "bin/tool"));
}

async function failure(): Promise<string> {
  const error: unknown = await download().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ToolError);
  expect(readdirSync(folder.path)).toEqual([]);
  return String(error);
}

test("the program is unpacked and executable, and no other file remains", async () => {
  await download();
  expect(readFileSync(join(folder.path, "bin/tool"), "utf8")).toBe("the program");
  expect(statSync(join(folder.path, "bin/tool")).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(folder.path, "bin"))).toEqual(["tool"]);
});

test("an archive with another checksum is refused", async () => {
  server.checksums = `${"ab".repeat(32)}  tool_1.zip`;
  expect(await failure()).toMatch(/tool_1\.zip has the checksum \w{64}, but abab\w+ was published/);
});

test("an archive that the list of checksums does not name is refused", async () => {
  server.checksums = "";
  expect(await failure()).toMatch(/list of checksums does not name tool_1\.zip/);
});

test("an interrupted download leaves nothing behind", async () => {
  server.answer = (response) => {
    response.writeHead(200, { "content-length": server.zip.length });
    response.write(server.zip.subarray(0, 20), () => response.destroy());
  };
  expect(await failure()).toMatch(/tool_1\.zip could not be downloaded: terminated/);
});

test("an error response is reported", async () => {
  server.answer = (response) => {
    response.writeHead(404).end("no such file");
  };
  expect(await failure()).toMatch(/tool_1\.zip could not be downloaded: the server answered 404 Not Found/);
});

test("a server that cannot be reached is reported", async () => {
  server.stop();
  expect(await failure()).toMatch(/could not be downloaded: .*ECONNREFUSED/);
});

test("an archive without the program is refused", async () => {
  server.publish("tool_1.zip", "another", "");
  expect(await failure()).toMatch(/tool_1\.zip does not contain tool/);
});
