import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Command, Option } from "commander";
import { format, resolveConfig } from "prettier";
import { exitWith } from "../lib/command-line";
import { configFolder, projectFolder } from "../lib/project";
import { heading, isInteractive, paint, print } from "../lib/terminal";
import { changesIn, changeTree, requireNoLoss } from "./init/changes";
import { explained, folderToWrite } from "./init/folder";
import { Interview } from "./init/interview";
import { nextCommands } from "./init/next-commands";
import { agrees, promptsUntil } from "./init/prompts";
import { askAll, type Flags } from "./init/questions";
import { readRecord } from "./init/record";
import { summaryOf } from "./init/summary";
import { configurationFiles } from "./init/templates/files";
import { NextConfiguration } from "./init/write";

interface InitFlags extends Flags {
  readonly config: string;
  readonly force?: true;
  readonly yes?: true;
  readonly dryRun?: true;
}

/**
 * Writes the configuration of a project; returns the exit code.
 *
 * @param signal ends the command before it writes
 * @throws ToolError for bad options, and when edited files would be lost; nothing is written then
 */
async function init(flags: InitFlags, signal: AbortSignal): Promise<number> {
  const folder = folderToWrite(flags.config);
  // Before the questions, as it may be what ends the command.
  readRecord(folder);
  const name = relative(process.cwd(), resolve(flags.config)) || ".";
  const canAsk = isInteractive && process.stdin.isTTY;
  const interview = new Interview(canAsk ? promptsUntil(signal) : undefined, flags.yes === true);
  const answers = await askAll(flags, interview, gitEmail());

  const files = await formatted(configurationFiles(answers), folder);
  const changes = explained(() => changesIn(folder, files));
  heading(`The configuration of ${answers.app}`);
  print(...summaryOf(answers).map((line) => `  ${line}`));
  heading("Files");
  print(...changeTree(name, changes).map((line) => `  ${line}`));
  if (flags.force !== true) requireNoLoss(name, changes);

  const next = NextConfiguration.create(folder, files, changes);
  try {
    const configuration = next.validate();
    if (flags.dryRun === true) {
      print("", "Nothing was written, because of --dry-run.");
      return 0;
    }
    if (canAsk && flags.yes !== true && !(await agrees(`Write these files into ${name}/?`, signal))) {
      print("", "Nothing was written.");
      return 0;
    }
    // A signal that arrived during the synthesis, which does not wait for anything, is received here.
    await setImmediate();
    signal.throwIfAborted();
    next.moveIntoPlace();
    const isDefault = resolve(flags.config) === configFolder || folder === join(realpathSync(projectFolder), "config");
    const [first] = answers.environments;
    showNext(first === undefined ? [] : nextCommands(first, configuration, isDefault ? undefined : name));
    return 0;
  } finally {
    next.dispose();
  }
}

/** The user's e-mail address in Git's configuration; undefined when there is none that receives e-mail. */
function gitEmail(): string | undefined {
  try {
    const address = execFileSync("git", ["config", "user.email"], { encoding: "utf8", stdio: "pipe" }).trim();
    // Such as those that GitHub and GitLab give for commits.
    return /no-?reply/i.test(address) ? undefined : address;
  } catch {
    return undefined;
  }
}

/** The files as `npm run format` leaves them. */
async function formatted(files: ReadonlyMap<string, string>, folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = [...files].map(async ([path, text]) => {
    const filepath = join(folder, path);
    return [path, await format(text, { ...(await resolveConfig(filepath)), filepath })] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Prints commands, with what each does. */
function showNext(commands: ReturnType<typeof nextCommands>): void {
  heading("Next");
  const width = Math.max(...commands.map(([command]) => command.length));
  print(...commands.map(([command, effect]) => `  ${paint("cyan", command.padEnd(width))}  ${effect}`));
  print("", "docs/start.md says what to edit before the first deployment.");
}

const list = (text: string, former: readonly string[] = []) => [
  ...former,
  ...text.split(",").map((part) => part.trim()),
];
const repeated = (text: string, former: readonly string[] = []) => [...former, text];

void new Command("npm run init --")
  .description(
    "Writes the configuration of your own project: defaults, stage files and account files. Asks for what the options do not say.",
  )
  .option("--app <name>", "product, the first part of most AWS names")
  .option("--region <region>", "AWS region; repeat it for several", list)
  .option("--environments <list>", "environments, such as dev=dev02,prod; a stage is <environment>01 by default", list)
  .option("--account <environment=id>", "AWS account of an environment; repeat it for each", repeated)
  .option("--production <list>", "production environments, or none (default: prod, production, live, prd)", list)
  .option("--ingress <kind>", "rest-api, http-api, alb or nlb (default: rest-api)")
  .option("--domain <environment=name>", "domain name of an environment; alb and nlb need one", repeated)
  .option("--hosted-zone <environment=name>", "its hosted zone (default: the parent of the domain)", repeated)
  .option("--postgres <list>", "environments with a database, or none (default: the production environments)", list)
  .option("--gitlab <path>", "GitLab project whose pipelines deploy (default: <app>/<app>)")
  .option("--state <backend>", "s3 or gitlab (default: s3)")
  .option("--gitlab-project-id <id>", "ID of the GitLab project that holds the state")
  .option("--bucket <environment=name>", "state bucket (default: <app>-terraform-state-<account>)", repeated)
  .option("--owner <team>", "team that owns the stages (default: <app>-team)")
  .option("--email <address>", "recipient of production alarms (default: user.email of Git)")
  .option("--cidr <block>", "CIDR block of the first VPC; the others follow it (default: 10.20.0.0/16)")
  .addOption(new Option("--config <folder>", "folder to write").default(configFolder, "config/ of this project"))
  .option("--yes", "take the defaults, and ask nothing that has one")
  .option("--force", "overwrite and remove edited files")
  .option("--dry-run", "show and check the files, and write nothing")
  .action((flags: InitFlags) => exitWith((signal) => init(flags, signal), "either all files are written, or none"))
  .parseAsync();
