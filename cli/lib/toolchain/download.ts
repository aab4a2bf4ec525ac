import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isNativeError } from "node:util/types";
import { unzipSync } from "fflate";
import { ToolError } from "./tool-error";

/** A zip file on a web server, next to the list of checksums that names it. */
export interface Archive {
  readonly url: string;
  readonly checksumsUrl: string;
  /** The program within the archive. */
  readonly program: string;
}

const timeoutMs = 300_000;

/**
 * Downloads a program and puts it at `target`, whole or not at all.
 *
 * @throws ToolError when the server does not answer, ends too early, or its archive is not the one that was published
 */
export async function downloadProgram(archive: Archive, target: string): Promise<void> {
  const [zip, checksums] = await Promise.all([fetchBytes(archive.url), fetchBytes(archive.checksumsUrl)]);
  verify(basename(archive.url), zip, Buffer.from(checksums).toString("utf8"));
  const program = unzipSync(zip, { filter: (file) => file.name === archive.program })[archive.program];
  if (!program) throw new ToolError(`${archive.url} holds no ${archive.program}`);

  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}.download-`);
  try {
    const complete = join(folder, archive.program);
    writeFileSync(complete, program);
    chmodSync(complete, 0o755);
    renameSync(complete, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new ToolError(`${url} could not be downloaded: ${reasonOf(error)}`, { cause: error });
  }
}

/** A failed fetch says only "fetch failed"; the reason is its cause. */
function reasonOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) ? `${error.message} (${error.cause.message})` : error.message;
}

function verify(name: string, content: Uint8Array, checksums: string): void {
  const expected = checksums
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, file]) => file === name)?.[0];
  if (expected === undefined) throw new ToolError(`the list of checksums does not name ${name}`);
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual !== expected) throw new ToolError(`${name} has the checksum ${actual}, but ${expected} was published`);
}
