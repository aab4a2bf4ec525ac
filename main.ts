import { setImmediate } from "node:timers/promises";
import { App } from "cdktf";
import { accountStackName, InputError, loadConfiguration, serves, stackName, UnknownStackError } from "./schema";
import { requireWorkloadBoundary } from "./stacks/account/boundaries";
import { typesOf } from "./stacks/account/types-of";
import { AccountStack } from "./stacks/account-stack";
import { enforcePolicy } from "./policy/validate";
import { StageStack } from "./stacks/stage-stack";

/**
 * Every stage file becomes one Terraform stack, `<stage>-<region>`, which the policy must hold for; every account file
 * becomes one, `account-<alias>-<region>`.
 *
 * @param folder configuration folder, relative to the working directory. @default - `config/` beside this file
 * @param stacks names of the stacks to build; the files of others are not judged. @default - all stacks
 */
async function synthesize(folder: string | undefined, stacks: readonly string[] | undefined): Promise<void> {
  const { stages, accounts, isChosen } = loadConfiguration(folder, { stacks });
  // A promise of a file that fails and that nothing awaits ends the process here, before anything is written.
  await setImmediate();
  const app = new App();
  const chosen = stages.filter((stage) => isChosen(stackName(stage)));
  const built = new Map(chosen.map((stage) => [stage, new StageStack(app, stage)]));
  enforcePolicy([...built].map(([stage, stack]) => ({ stage, stack })));
  // Stages that are not chosen are built only to list their types, and are not written.
  const unwritten = new App();
  for (const account of accounts) {
    const served = stages.filter((stage) => serves(account, stage));
    if (isChosen(accountStackName(account))) {
      const stackOf = (stage: (typeof stages)[number]) => built.get(stage) ?? new StageStack(unwritten, stage);
      new AccountStack(
        app,
        account,
        served.map((stage) => ({ stage, types: typesOf(stackOf(stage)) })),
      );
    } else {
      requireWorkloadBoundary(
        account,
        served.filter((stage) => built.has(stage)),
      );
    }
  }
  app.synth();
}

/** The stacks that `STACKS` names, separated by spaces or commas; undefined when it names none. */
function stacksOf(text = ""): readonly string[] | undefined {
  const stacks = text.split(/[\s,]+/).filter((name) => name !== "");
  return stacks.length === 0 ? undefined : stacks;
}

/** What the user can correct: the configuration, or the output folder. */
function messageOf(error: unknown): string | undefined {
  if (error instanceof UnknownStackError) return `STACKS: ${error.message}`;
  if (error instanceof InputError) return error.message;
  const isOfFiles = error instanceof Error && "syscall" in error;
  return isOfFiles ? `the stacks cannot be written: ${error.message}; permit it, and free space` : undefined;
}

// eslint-disable-next-line no-restricted-properties -- the CDKTF CLI passes no names of stacks to this program
void synthesize(process.argv[2], stacksOf(process.env.STACKS)).catch((error: unknown) => {
  const message = messageOf(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 1;
});
