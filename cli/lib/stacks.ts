import { accountStackName, loadStages, stackName, type AccountConfig, type StageConfig } from "../../schema";
import { noAccountStack, shownPath } from "../../schema/config-files";
import { unknownName, unknownStage } from "../../schema/similar";
import { ToolError } from "./tool-error";

/**
 * Loads the stage of a stack, whatever problems the files of other stacks have.
 *
 * @param folder configuration folder. @default - `config/` of this project
 * @throws InputError for an unknown name, and for the problems that concern the stack
 */
export function loadStage(stack: string, folder?: string): StageConfig {
  return stageOfStack(loadStages(folder, { stacks: [stack] }), stack);
}

/**
 * The stage of a stack.
 *
 * @throws ToolError for an unknown name, with the known ones and the most similar
 */
export function stageOfStack(stages: readonly StageConfig[], stack: string): StageConfig {
  return findByName(stages, stackName, stack, unknownStage);
}

/**
 * The first stage.
 *
 * @param folder configuration folder
 * @throws ToolError when there is none
 */
export function firstStage([stage]: readonly StageConfig[], folder: string): StageConfig {
  if (stage !== undefined) return stage;
  const file = `${shownPath(folder)}/<environment>/<stage>/<region>-<stage>.ts`;
  throw new ToolError(`there is no stage; add ${file}, or run npm run init`);
}

/**
 * The account of an account stack.
 *
 * @param folder configuration folder
 * @throws ToolError for an unknown name, with the known ones and the most similar
 */
export function accountOfStack(accounts: readonly AccountConfig[], stack: string, folder: string): AccountConfig {
  if (accounts.length === 0) throw new ToolError(noAccountStack(folder));
  return findByName(accounts, accountStackName, stack, (name, known) => unknownName("account stack", name, known));
}

function findByName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  name: string,
  unknown: (name: string, known: readonly string[]) => string,
): Item {
  const item = items.find((each) => nameOf(each) === name);
  if (item !== undefined) return item;
  throw new ToolError(unknown(name, items.map(nameOf)));
}
