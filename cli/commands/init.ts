import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { Command, Option } from "commander";
import { format, resolveConfig } from "prettier";
import { accountStackName, stackName } from "../../schema";
import { exitWith } from "../lib/command-line";
import { configFolder, projectFolder } from "../lib/project";
import { shellQuote } from "../lib/shell";
import { heading, isInteractive, paint, print } from "../lib/terminal";
import { ToolError } from "../lib/tool-error";
import type { Answers } from "./init/answers";
import { changesIn, changeTree, requireNoLoss } from "./init/changes";
import { Interview } from "./init/interview";
import { agrees, terminalPrompts } from "./init/prompts";
import { askAll, type Flags } from "./init/questions";
import { summaryOf } from "./init/summary";
import { configurationFiles } from "./init/templates/files";
import { NextConfiguration, type Configuration } from "./init/write";

interface InitFlags extends Flags {
  readonly config: string;
  readonly force?: true;
  readonly yes?: true;
  readonly dryRun?: true;
}

/**
 * Writes the configuration of a project; returns the exit code.
 *
 * @throws ToolError for bad options, and when edited files would be lost; nothing is written then
 */
async function init(flags: InitFlags): Promise<number> {
  const folder = folderOf(flags.config);
  const name = relative(process.cwd(), folder);
  const canAsk = isInteractive && process.stdin.isTTY;
  const interview = new Interview(canAsk ? terminalPrompts : undefined, flags.yes === true);
  const answers = await askAll(flags, interview, gitEmail());

  const files = await formatted(configurationFiles(answers), folder);
  const changes = changesIn(folder, files);
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
    if (canAsk && flags.yes !== true && !(await agrees(`Write these files into ${name}/?`))) {
      print("", "Nothing was written.");
      return 0;
    }
    next.moveIntoPlace();
    showNext(answers, configuration, folder === configFolder ? "" : ` --config ${shellQuote(name)}`);
    return 0;
  } finally {
    next.dispose();
  }
}

/**
 * The configuration folder, which imports the schema of this project and so has to be in it.
 *
 * @throws ToolError for another folder
 */
function folderOf(config: string): string {
  const path = resolve(config);
  const folder = existsSync(path) ? realpathSync(path) : path;
  if (folder.startsWith(`${realpathSync(projectFolder)}${sep}`)) return folder;
  throw new ToolError(
    `--config "${config}" must be a folder of this project, which has the schema; write one such as config`,
  );
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

/** Prints the commands to run next, for the first environment. */
function showNext({ environments }: Answers, { accounts }: Configuration, option: string): void {
  const [first] = environments;
  const account = accounts.find(({ accountId }) => accountId === first?.accountId);
  if (first === undefined || account === undefined) return;
  const stack = stackName({ stage: first.stage, region: account.region });
  heading("Next");
  const commands = [
    ["npm test", "checks the project with your configuration"],
    [`npm run demo -- --stack ${stack}${option}`, `deploys ${stack} to an emulated AWS`],
    [
      `npm run bootstrap -- ${accountStackName(account)}${option}`,
      `prepares the account, with an administrator's credentials of ${account.accountId}`,
    ],
  ] as const;
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
  .action((flags: InitFlags) => exitWith(() => init(flags), "nothing was written"))
  .parseAsync();
