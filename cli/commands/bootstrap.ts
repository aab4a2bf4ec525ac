import { Command } from "commander";
import { accountStackName, loadConfiguration, providerConstraint } from "../../schema";
import { stateBucketAddress } from "../../stacks/account/state-bucket";
import { linkedServices } from "../../stacks/account/statements";
import { configOption, exitWith, type ConfigFlags } from "../lib/command-line";
import { step } from "../lib/progress";
import { accountOfStack } from "../lib/stacks";
import { paint, print } from "../lib/terminal";
import { Terraform } from "../lib/terraform";
import { terraformEnvironment } from "../lib/terraform-environment";
import { Account } from "./bootstrap/account";
import { Workspace } from "./bootstrap/workspace";

const planFile = "plan.tfplan";

/**
 * Creates service-linked roles, and applies an account stack; the first time with a local state, which moves into the state bucket once that exists.
 * Repeating it changes nothing, and completes an interrupted run.
 *
 * @throws ToolError for bad input, and when AWS or Terraform reports an error
 */
async function bootstrap(stack: string, configFolder: string, signal: AbortSignal): Promise<void> {
  const { stages, accounts } = loadConfiguration(configFolder, { stacks: [stack] });
  const config = accountOfStack(accounts, stack, configFolder);
  const account = new Account(config);
  const stateStatus = await step("Check the account", async (view) => {
    await account.verify();
    const status = await account.stateStatus();
    view.result(status);
    return status;
  });

  const workspace = new Workspace(config);
  const served = workspace.synthesize(config, stages);
  await step("Create the service-linked roles that the account lacks", async (view) => {
    const services = linkedServices(served.flatMap(({ types }) => types));
    const created = await account.createServiceLinkedRoles(services);
    view.result(created.length === 0 ? "none" : created.join(", "));
  });
  const isFirst = stateStatus !== "state in the bucket";
  if (isFirst) workspace.useLocalState();
  if (stateStatus === "a bucket without state") workspace.import(stateBucketAddress, config.stateBucket);

  const outputs = await step(`Apply ${accountStackName(config)}`, async (view) => {
    const environment = await terraformEnvironment((message) => {
      view.progress(message);
    }, providerConstraint(config));
    const onLine = (line: string) => {
      view.progress(line.trim());
    };
    const terraform = new Terraform({ folder: workspace.stackFolder, environment, onLine, signal });
    await terraform.init();
    const hasChanges = await terraform.plan(planFile);
    const summary = hasChanges ? await terraform.apply(planFile) : "No changes.";
    if (isFirst) {
      workspace.useStateBucket();
      await terraform.migrateState();
    }
    view.result(isFirst ? `${summary} The state is now in ${config.stateBucket}.` : summary);
    return terraform.outputs();
  });
  workspace.remove();
  print("", paint("bold", "Roles of the pipeline"), ...[...outputs].map(([key, arn]) => `  ${key}  ${arn}`));
}

void new Command("npm run bootstrap --")
  .description(
    "Applies an account stack: the state bucket, the roles of the pipeline, and the settings that all stages of the account share.",
  )
  .argument("<stack>", "account stack, as cdktf list shows it")
  .addOption(configOption())
  .action((stack: string, { config }: ConfigFlags) =>
    exitWith(async (signal) => {
      await bootstrap(stack, config, signal);
      return 0;
    }, "run it again to complete it"),
  )
  .parseAsync();
