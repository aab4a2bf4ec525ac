import { accountStackName, stackName } from "../../../schema";
import { shellQuote } from "../../lib/shell";
import { synthCommand } from "../../lib/synthesis";
import type { Environment } from "./answers";
import type { Configuration } from "./write";

/**
 * The commands to run next, for an environment, with what each does.
 *
 * @param folder the configuration folder, unless it is `config/`, which is the one that `npm test` checks
 */
export function nextCommands(
  { stage, accountId }: Pick<Environment, "stage" | "accountId">,
  { accounts }: Pick<Configuration, "accounts">,
  folder: string | undefined,
): readonly (readonly [command: string, effect: string])[] {
  const account = accounts.find((each) => each.accountId === accountId);
  if (account === undefined) return [];
  const stack = stackName({ stage, region: account.region });
  const option = folder === undefined ? "" : ` --config ${shellQuote(folder)}`;
  return [
    folder === undefined
      ? ["npm test", "checks the project with your configuration"]
      : [synthCommand(folder), "synthesizes it, and checks the policy; npm test checks config/ only"],
    [`npm run demo -- --stack ${stack}${option}`, `deploys ${stack} to an emulated AWS`],
    [
      `npm run bootstrap -- ${accountStackName(account)}${option}`,
      `prepares the account, with an administrator's credentials of ${account.accountId}`,
    ],
  ];
}
