import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** An empty folder for each test of a file. */
export class TemporaryFolder {
  public path = "";

  constructor() {
    beforeEach(() => {
      this.path = mkdtempSync(join(tmpdir(), "toolchain-"));
    });
    afterEach(() => {
      rmSync(this.path, { recursive: true, force: true });
    });
  }

  /** The absolute path of a new file. */
  public write(name: string, content = ""): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** The absolute path of a new shell script. */
  public script(name: string, body: string, interpreter = "/bin/sh"): string {
    const file = this.write(name, `#!${interpreter}\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }
}
