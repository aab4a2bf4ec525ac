import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { App } from "cdktf";
import { PolicyError } from "../../../policy/finding";
import { checkPolicy } from "../../../policy/validate";
import { InputError, loadConfiguration, type AccountConfig, type StageConfig } from "../../../schema";
import { shownPath } from "../../../schema/config-files";
import { typesOf } from "../../../stacks/account/types-of";
import { AccountStack } from "../../../stacks/account-stack";
import { StageStack } from "../../../stacks/stage-stack";
import { toolsFolder } from "../../lib/project";
import { ToolError } from "../../lib/tool-error";
import type { FileChange } from "./changes";
import { explained } from "./folder";
import { recordFile, recordText } from "./record";

/** The stages and accounts of a configuration folder. */
export interface Configuration {
  readonly stages: readonly StageConfig[];
  readonly accounts: readonly AccountConfig[];
}

/** The next content of a configuration folder, in a temporary folder of the project. */
export class NextConfiguration {
  private constructor(
    private readonly folder: string,
    /** The temporary folder; modules in it can import what those of the project can. */
    private readonly temporary: string,
  ) {}

  /**
   * Applies the changes to a copy of the folder.
   *
   * @throws ToolError when the folder cannot be copied
   */
  public static create(
    folder: string,
    files: ReadonlyMap<string, string>,
    changes: readonly FileChange[],
  ): NextConfiguration {
    return explained(() => {
      mkdirSync(toolsFolder, { recursive: true });
      const next = new NextConfiguration(folder, mkdtempSync(join(toolsFolder, "init-")));
      try {
        next.apply(files, changes);
      } catch (error) {
        next.dispose();
        throw error;
      }
      return next;
    });
  }

  /**
   * Loads every file, synthesizes every stack, and checks it against the policy.
   *
   * @throws ToolError when the configuration is not valid, with the paths of the files as they will be written
   */
  public validate(): Configuration {
    try {
      return this.synthesize();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new ToolError(error.message.replaceAll(shownPath(this.content), shownPath(this.folder)));
    }
  }

  /**
   * Puts the content in the place of the folder.
   *
   * @throws ToolError when the folder cannot be replaced; it is unchanged then
   */
  public moveIntoPlace(): void {
    explained(() => {
      const former = join(this.temporary, "former");
      mkdirSync(dirname(this.folder), { recursive: true });
      this.restoreLinks();
      if (existsSync(this.folder)) renameSync(this.folder, former);
      try {
        renameSync(this.content, this.folder);
      } catch (error) {
        if (existsSync(former)) renameSync(former, this.folder);
        throw error;
      }
    });
  }

  /** Removes the temporary folder. */
  public dispose(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }

  private apply(files: ReadonlyMap<string, string>, changes: readonly FileChange[]): void {
    if (existsSync(this.folder)) cpSync(this.folder, this.content, { recursive: true });
    for (const { path, change } of changes) {
      const text = files.get(path);
      if (change === "removed") this.removeFile(path);
      else if (text !== undefined && change !== "unchanged") this.writeFile(path, text);
    }
    this.writeFile(recordFile, recordText(files));
  }

  /** The copies of symbolic links are absolute, so that they lead to the same files from the temporary folder. */
  private restoreLinks(): void {
    if (!existsSync(this.folder)) return;
    const links = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isSymbolicLink(),
    );
    for (const { parentPath, name } of links) {
      const link = join(parentPath, name);
      const copy = join(this.content, relative(this.folder, link));
      if (lstatSync(copy, { throwIfNoEntry: false })?.isSymbolicLink() !== true) continue;
      rmSync(copy);
      symlinkSync(readlinkSync(link), copy);
    }
  }

  private synthesize(): Configuration {
    const { stages, accounts } = loadConfiguration(this.content);
    const app = new App({ outdir: join(this.temporary, "cdktf.out") });
    const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
    for (const { stack } of stacks) stack.prepareStack();
    const { findings } = checkPolicy(stacks);
    if (findings.length > 0) throw new PolicyError(findings);
    const typed = stacks.map(({ stage, stack }) => ({ stage, types: typesOf(stack) }));
    for (const account of accounts) new AccountStack(app, account, typed);
    return { stages, accounts };
  }

  private get content(): string {
    return join(this.temporary, "config");
  }

  private writeFile(path: string, text: string): void {
    const file = join(this.content, path);
    mkdirSync(dirname(file), { recursive: true });
    // A symbolic link is replaced, not the file that it leads to.
    rmSync(file, { force: true });
    writeFileSync(file, text);
  }

  /** Removes a file, and the folders that are then empty. */
  private removeFile(path: string): void {
    rmSync(join(this.content, path));
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (readdirSync(join(this.content, folder)).length > 0) return;
      rmdirSync(join(this.content, folder));
    }
  }
}
