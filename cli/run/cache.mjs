import { createHash, randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Of SHA-256. */
const checksumBytes = 32;

/** A hash of texts and buffers, for names of files. */
export function hashOf(...contents) {
  const hash = createHash("sha256");
  // With the lengths, so that no two lists of contents are the same sequence of bytes.
  for (const content of contents) hash.update(`${Buffer.byteLength(content)}\n`).update(content);
  return hash.digest("hex").slice(0, 32);
}

/**
 * Files that can be made again. They are in node_modules/, which belongs to the checkout; where that cannot be written, in
 * a folder for temporary files that no other user can write.
 */
export class Cache {
  /**
   * @param name of the folder
   * @param maximumCount of the things that are kept: a file, or several ones whose names are the same up to a dash
   */
  constructor(project, name, maximumCount) {
    this.maximumCount = maximumCount;
    this.folders = [
      { path: join(project, "node_modules", ".cache", name), isShared: false },
      { path: join(tmpdir(), `${name}-${process.getuid?.() ?? "user"}`), isShared: true },
    ];
  }

  /** The bytes of a file, and of its older version where only the second folder can be written. */
  *read(name) {
    for (const { path, isShared } of this.folders) {
      try {
        if (isShared) requireOwn(path);
        yield withoutChecksum(readFileSync(join(path, name)));
      } catch {
        // Missing, not readable or damaged: it is made again.
      }
    }
  }

  /** Removes a file, which is then made again the next time. */
  remove(name) {
    for (const { path } of this.folders) {
      try {
        rmSync(join(path, name), { force: true });
      } catch {
        // The folder cannot be written.
      }
    }
  }

  /** Writes a file, which readers see when it is complete. Where it cannot be written, it is made again the next time. */
  write(name, content) {
    const folder = this.folders.find(({ path, isShared }) => {
      try {
        mkdirSync(path, { recursive: true, mode: 0o700 });
        if (isShared) requireOwn(path);
        writeAtOnce(path, name, withChecksum(Buffer.from(content)));
        return true;
      } catch {
        return false;
      }
    });
    if (folder !== undefined) removeOldest(folder.path, this.maximumCount);
  }
}

function writeAtOnce(folder, name, content) {
  const unfinished = join(folder, `${name}-${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(unfinished, content, { flag: "wx" });
    renameSync(unfinished, join(folder, name));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** The checksum is at the end, so that the content is aligned as V8 reads it. */
function withChecksum(content) {
  return Buffer.concat([content, checksumOf(content)]);
}

/** A disk that was full or lost its power leaves files that are cut or have holes; V8 crashes on such code. */
function withoutChecksum(stored) {
  const content = stored.subarray(0, -checksumBytes);
  if (!checksumOf(content).equals(stored.subarray(-checksumBytes))) throw new Error("the content is damaged");
  return content;
}

function checksumOf(content) {
  return createHash("sha256").update(content).digest();
}

/** Refuses a folder in which another user could have written code. */
function requireOwn(folder) {
  const { uid, mode } = lstatSync(folder);
  const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  if (!isOwn || !lstatSync(folder).isDirectory()) throw new Error(`${folder} belongs to another user`);
}

function removeOldest(folder, maximumCount) {
  const newest = new Map();
  for (const name of readdirSync(folder)) {
    const mtimeMs = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const [group] = name.split("-");
    const known = newest.get(group) ?? { mtimeMs: 0, names: [] };
    newest.set(group, { mtimeMs: Math.max(mtimeMs, known.mtimeMs), names: [...known.names, name] });
  }
  const groups = [...newest.values()].sort((one, other) => other.mtimeMs - one.mtimeMs);
  for (const { names } of groups.slice(maximumCount)) {
    for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
