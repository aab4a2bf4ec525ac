import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient, ListQueuesCommand } from "@aws-sdk/client-sqs";
import { startEmulator } from "..";

const bin = join(__dirname, "../bin.mjs");

/** Runs a shell script in which "$EMULATED" is the command line. */
async function shell(script: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn("/bin/sh", ["-c", script], {
    env: { ...process.env, EMULATED: `${process.execPath} ${bin}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, output };
}

describe("the command line", () => {
  jest.setTimeout(60_000);

  it("ends quietly when the reader of a pipe has ended", async () => {
    expect((await shell("$EMULATED rules | true")).output).toBe("");
  });

  it("refuses a period that ends before it begins, in one line", async () => {
    const record = join(mkdtempSync(join(tmpdir(), "record-")), "calls.jsonl");
    writeFileSync(record, "");
    const period = "--from 2026-01-31T10:00:00Z --to 2026-01-31T09:00:00Z";
    expect(await shell(`$EMULATED report ${record} ${period}`)).toEqual({
      code: 1,
      output: "--from must not be after --to\n",
    });
  });

  it.each([
    ["--bucket Bad_Bucket", "S3 does not take it as a name"],
    ["--task 'x= '", "Write image and command"],
    ["--region mars-1", 'AWS has no region "mars-1"'],
  ])("refuses %s in one line", async (flags, message) => {
    const { code, output } = await shell(`$EMULATED ${flags} -- true`);
    expect(output).toContain(message);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });
});

describe("a moto that ends by itself", () => {
  // It ends moto once the file beside it exists.
  const script = `#!/bin/sh
moto_server "$@" &
while [ ! -e "$0.end" ]; do sleep 0.1; done
echo "out of memory" >&2
kill -9 $!
exit 7
`;

  it("is named by every call after it, with its exit code and last lines", async () => {
    jest.setTimeout(60_000);
    const motoServer = join(mkdtempSync(join(tmpdir(), "moto-")), "moto_server");
    writeFileSync(motoServer, script, { mode: 0o755 });
    let warn: (message: string) => void = () => undefined;
    const warned = new Promise<string>((resolve) => (warn = resolve));
    const emulator = await startEmulator({
      accountId: "111122223333",
      motoServer,
      warn: (message) => {
        warn(message);
      },
    });
    try {
      writeFileSync(`${motoServer}.end`, "");
      const message = await warned;
      expect(message).toContain("moto has ended with exit code 7");
      expect(message).toContain("out of memory");
      const { endpoint } = emulator;
      const credentials = { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator" };
      const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
      await expect(sqs.send(new ListQueuesCommand({}))).rejects.toThrow("moto has ended with exit code 7");
    } finally {
      await emulator.stop();
    }
  });
});
