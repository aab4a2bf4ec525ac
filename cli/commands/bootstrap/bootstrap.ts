import { accountStackName, loadAccounts, loadStages } from "../../../schema";
import { stateBucketAddress } from "../../../stacks/account/state-bucket";
import { accountOf } from "../../lib/chosen";
import { paint, print } from "../../lib/command-line/terminal";
import { step } from "../../lib/progress";
import { Terraform } from "../../lib/terraform/terraform";
import { terraformEnvironment } from "../../lib/toolchain";
import { Account } from "./account";
import { Workspace } from "./workspace";

const planFile = "plan.tfplan";

/** What the caller chose. */
export interface BootstrapOptions {
  readonly name: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Brings an account to what its bootstrap file says; the first time with the state on this machine, until the bucket for
 * it exists. Repeating it changes nothing, and finishes what was stopped.
 *
 * @throws ToolError for bad input, and when AWS or Terraform refuses
 */
export async function bootstrap({ name, signal }: BootstrapOptions): Promise<void> {
  const stages = loadStages();
  const config = accountOf(loadAccounts(stages), name);
  const account = new Account(config);
  const progress = await step("Look at the account", async (view) => {
    await account.check();
    const found = await account.progress();
    view.result(found);
    return found;
  });

  const workspace = new Workspace(config);
  workspace.synthesize(config, stages);
  const isFirst = progress !== "state in the bucket";
  if (isFirst) workspace.keepStateHere();
  if (progress === "a bucket without state") workspace.adopt(stateBucketAddress, config.stateBucket);

  const outputs = await step(`Apply ${accountStackName(config)}`, async (view) => {
    const environment = await terraformEnvironment((message) => {
      view.progress(message);
    });
    const onLine = (line: string) => {
      view.progress(line.trim());
    };
    const terraform = new Terraform({ folder: workspace.stackFolder, environment, onLine, signal });
    await terraform.init("-reconfigure");
    const isChanged = await terraform.plan(planFile);
    const done = isChanged ? await terraform.apply(planFile) : "No changes.";
    if (isFirst) {
      workspace.keepStateThere();
      await terraform.init("-migrate-state", "-force-copy");
    }
    view.result(isFirst ? `${done} The state is in ${config.stateBucket} now.` : done);
    return terraform.outputs();
  });
  workspace.forget();
  print("", paint("bold", "Roles for the pipeline"), ...[...outputs].map(([key, arn]) => `  ${key}  ${arn}`));
}
